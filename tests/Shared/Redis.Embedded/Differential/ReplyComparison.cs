using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>When two replies to a command count as the same: order is nothing in what has none, and clocks differ by a little.</summary>
internal static class ReplyComparison
{
    private static readonly HashSet<string> Unordered = new(StringComparer.OrdinalIgnoreCase) { "KEYS", "SMEMBERS", "SINTER", "SUNION", "SDIFF", "SPOP", "HKEYS", "HVALS" };
    private static readonly HashSet<string> UnorderedPairs = new(StringComparer.OrdinalIgnoreCase) { "HGETALL" };

    // Replies in milliseconds and in seconds, and how far two servers asked one after the other may be apart.
    private static readonly Dictionary<string, long> Clocks = new(StringComparer.OrdinalIgnoreCase) { ["TTL"] = 5, ["PTTL"] = 5000, ["EXPIRETIME"] = 5, ["PEXPIRETIME"] = 5000 };

    // What every server says of itself: only the form can be the same.
    private static readonly HashSet<string> Shapes = new(StringComparer.OrdinalIgnoreCase) { "TIME", "INFO", "HELLO" };

    public static bool AreSame(string command, RespValue expected, RespValue actual, bool isAfterRestart = false)
    {
        // A server that was not restarted keeps encodings from how the values came to be.
        if (isAfterRestart && command == "OBJECT" && expected.Kind == '$') return actual.Kind == '$';
        if (Shapes.Contains(command) && !expected.IsError) return expected.Kind == actual.Kind && expected.Items.Count == actual.Items.Count;
        if (Clocks.TryGetValue(command, out var tolerance) && expected.Kind == ':' && actual.Kind == ':' && Number(expected) > 0)
            return Number(actual) > 0 && Math.Abs(Number(expected) - Number(actual)) <= tolerance;
        return Render(command, expected) == Render(command, actual);
    }

    private static string Render(string command, RespValue value) =>
        command.EndsWith("SCAN", StringComparison.OrdinalIgnoreCase) && value.Items.Count == 2
            ? value.Items[0].Render() + value.Items[1].Render(isUnordered: true, command is "HSCAN" or "ZSCAN" ? 2 : 1)
            : value.Render(Unordered.Contains(command) || UnorderedPairs.Contains(command), UnorderedPairs.Contains(command) ? 2 : 1);

    private static long Number(RespValue value) => long.Parse(value.Text, CultureInfo.InvariantCulture);
}
