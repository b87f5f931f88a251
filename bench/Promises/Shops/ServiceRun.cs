using System.Diagnostics;

namespace ShopSession.Promises.Bench.Shops;

/// <summary>How a service's process ended.</summary>
/// <param name="ExitCode"><see langword="null"/>: it did not end by itself.</param>
internal sealed record ServiceRun(int? ExitCode, string Output, TimeSpan Took)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Starts a service alone and waits for its end; one that still runs after a minute is killed.</summary>
    public static async Task<ServiceRun> ToItsEndAsync(string assembly, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("promises-service-");
        var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = data.FullName };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Shop__DataDirectory"] = data.FullName;
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new TrialException($"dotnet {assembly} could not be started.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        int? exitCode = null;
        try
        {
            await process.WaitForExitAsync(limit.Token);
            exitCode = process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        var took = Stopwatch.GetElapsedTime(started);
        var said = await output + await errors;
        data.Delete(recursive: true);
        cancellationToken.ThrowIfCancellationRequested();
        return new ServiceRun(exitCode, said, took);
    }
}
