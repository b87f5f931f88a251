using Aspire.Hosting.Logs;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>Says why a replica ended before it was ready, in its own words where it found some.</summary>
internal static class StartFailure
{
    private const int MaxLines = 8;

    public static string Describe(Replica replica, int code)
    {
        var lines = replica.Log.Read().Where(IsTelling).TakeLast(MaxLines).Select(line => "  " + line.Text.Trim()).ToArray();
        var words = lines.Length == 0 ? "It printed no error." : "It said:" + System.Environment.NewLine + string.Join(System.Environment.NewLine, lines);
        return $"{replica.Name} {ExitCodes.Describe(code)} before it was ready. {words}";
    }

    /// <summary>Errors, without the frames of their stack traces.</summary>
    private static bool IsTelling(ReplicaLogLine line) =>
        line.Level >= LogLevel.Error && line.Text.Length > 0 && !line.Text.TrimStart().StartsWith("at ", StringComparison.Ordinal)
        && !line.Text.StartsWith("[runner]", StringComparison.Ordinal);
}
