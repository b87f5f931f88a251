using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Playwright;
using ShopSession.Testing;

namespace ShopSession.E2E.Tests.Browsers;

/// <summary>
/// Finds a Chromium for the tests, in this order: the environment variable <c>SHOP_BROWSER</c>; Chromium, Chrome or Edge on the machine;
/// what Playwright downloads; Debian's package where we may install it.
/// </summary>
internal static class BrowserLocator
{
    public const string Variable = "SHOP_BROWSER";

    private static readonly string[] OnPath =
        ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge-stable", "microsoft-edge", "chrome", "msedge"];

    /// <exception cref="BrowserNotFoundException">There is none, and none could be brought.</exception>
    public static async Task<string> FindAsync(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return File.Exists(chosen) ? chosen : throw new BrowserNotFoundException($"{Variable} is '{chosen}', and there is no such file.");

        var found = OnPath.Select(Executables.Find).Concat(UsualPlaces().Where(File.Exists)).FirstOrDefault(path => path is not null);
        if (found is not null) return found;
        if (File.Exists(playwright.Chromium.ExecutablePath)) return playwright.Chromium.ExecutablePath;

        var installed = await Task.Run(() => Microsoft.Playwright.Program.Main(["install", "chromium"]));
        if (installed == 0 && File.Exists(playwright.Chromium.ExecutablePath)) return playwright.Chromium.ExecutablePath;

        if (await TryAptAsync() && Executables.Find("chromium") is { } package) return package;
        throw new BrowserNotFoundException(
            $"The browser tests need a Chromium, and none was found or could be installed. Do one of: set {Variable} to the executable of Chromium, Chrome or Edge; " +
            "install one (Debian: apt-get install chromium); or let this machine reach Playwright's downloads and run the tests again.");
    }

    private static IEnumerable<string> UsualPlaces()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            yield return "/Applications/Chromium.app/Contents/MacOS/Chromium";
            yield return "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
            yield return "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
        }
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows)) yield break;
        foreach (var folder in new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData })
        {
            var root = Environment.GetFolderPath(folder);
            yield return Path.Combine(root, "Google", "Chrome", "Application", "chrome.exe");
            yield return Path.Combine(root, "Microsoft", "Edge", "Application", "msedge.exe");
            yield return Path.Combine(root, "Chromium", "Application", "chrome.exe");
        }
    }

    private static async Task<bool> TryAptAsync()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux) || Executables.Find("apt-get") is not { } apt || Environment.UserName != "root") return false;
        return await RunAsync(apt, "update") == 0 && await RunAsync(apt, "install", "-y", "--no-install-recommends", "chromium") == 0;
    }

    private static async Task<int> RunAsync(string file, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
