using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Aspire.Hosting.Processes;
using ShopSession.Hosting;

namespace Aspire.Hosting.Redis;

/// <summary>A program that can serve as the store.</summary>
/// <param name="Path">The program, or the embedded store's assembly.</param>
/// <param name="Description">What it is, for people.</param>
/// <param name="IsEmbedded">Whether it is the embedded store.</param>
internal sealed partial record StoreProgram(string Path, string Description, bool IsEmbedded)
{
    /// <summary>The key of the assembly metadata in which the build leaves the embedded store's path.</summary>
    public const string EmbeddedMetadataKey = "runnertool:redis-embedded";

    private static readonly string[] Servers = ["redis-server", "valkey-server"];

    public static StoreProgram Choose(RunnerEnvironment environment, Assembly? appHost)
    {
        var wanted = environment.Store;
        var server = Servers.Select(name => ProgramPath.Find(name)).FirstOrDefault(path => path is not null);
        if (wanted != "embedded" && server is not null)
            return new(server, Version(server), IsEmbedded: false);
        var setting = environment.Options.Store?.EnvironmentName ?? "the setting";
        if (wanted == "redis-server")
            throw new DistributedApplicationException(
                $"{setting} asks for redis-server, but neither redis-server nor valkey-server is on the PATH. Install one, or set {setting} to auto or embedded.");
        var embedded = appHost?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == EmbeddedMetadataKey)?.Value;
        return embedded is not null && File.Exists(embedded)
            ? new(embedded, "the embedded store", IsEmbedded: true)
            : throw new DistributedApplicationException(
                "There is no store: neither redis-server nor valkey-server is on the PATH, and the embedded store is not built"
                + (embedded is null ? "." : $" ({embedded} does not exist)."));
    }

    private static string Version(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var info = new ProcessStartInfo(path, ["--version"]) { RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        var number = VersionNumber().Match(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        return number.Success ? $"{name} {number.Groups[1].Value} ({path})" : $"{name} ({path})";
    }

    [GeneratedRegex(@"v=([0-9][0-9.]*)")]
    private static partial Regex VersionNumber();
}
