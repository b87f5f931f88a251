using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ShopSession.Lab.Bench.Stores;

/// <summary>What clients have sent to and received from a port over the connections that are open now, as Linux counts it (<c>ss</c> of iproute2).</summary>
internal static partial class SocketBytes
{
    /// <summary><see langword="null"/> where there is no <c>ss</c>.</summary>
    public static async Task<long?> ToPortAsync(int port, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("ss", ["-Htni", string.Create(CultureInfo.InvariantCulture, $"dport = :{port}")]) { RedirectStandardOutput = true };
        try
        {
            using var process = Process.Start(start);
            if (process is null) return null;
            var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? Sum(said) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    internal static long Sum(string said) => Counts().Matches(said).Sum(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\bbytes_(?:sent|received):(\d+)")]
    private static partial Regex Counts();
}
