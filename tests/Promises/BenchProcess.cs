using System.Diagnostics;

namespace ShopSession.Promises.Tests;

/// <summary>Runs bench/Promises as its users do: a process, its output, its exit code.</summary>
internal sealed record BenchProcess(int ExitCode, string Output, string Errors)
{
    public static async Task<BenchProcess> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ShopSession.Promises.Bench.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
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

        return new BenchProcess(process.ExitCode, await output, await errors);
    }

    /// <summary>The table's rows: the promise's number, what was tried, trials and violations.</summary>
    public IEnumerable<(int Promise, string What, long Trials, long Violations)> Rows() =>
        Output.Split('\n').Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Number(cells[1]), cells[2], (long)Number(cells[3]), (long)Number(cells[4])));

    private static int Number(string text) => int.Parse(text, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
}
