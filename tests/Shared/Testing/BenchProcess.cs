using System.Diagnostics;

namespace ShopSession.Testing;

/// <summary>Runs a program of bench/ as its users do: a process, its output, its exit code.</summary>
public sealed record BenchProcess(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="assembly">The program's file beside the tests' own, for example <c>ShopSession.Lab.Bench.dll</c>.</param>
    /// <param name="arguments">What follows it.</param>
    /// <param name="cancellationToken">Kills it with all that it started.</param>
    public static async Task<BenchProcess> RunAsync(string assembly, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new BenchProcess(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
    }
}
