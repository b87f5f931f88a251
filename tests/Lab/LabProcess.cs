using System.Diagnostics;

namespace ShopSession.Lab.Tests;

/// <summary>Runs bench/Lab as its users do: a process, its output, its exit code.</summary>
internal sealed record LabProcess(int ExitCode, string Output, string Errors)
{
    public static async Task<LabProcess> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ShopSession.Lab.Bench.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new LabProcess(process.ExitCode, await output, await errors);
    }
}
