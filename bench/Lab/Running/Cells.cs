using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Running;

/// <summary>Which policies make sense with which strategy: those that stick matter where sessions live in a replica.</summary>
internal static class Cells
{
    private static readonly string[] Sticky = ["round-robin", "ip-hash", "ip-hash-rendezvous", "session-hash", "session-hash-rendezvous"];
    private static readonly string[] Any = ["round-robin", "session-hash-rendezvous"];

    /// <summary>Every strategy that the session library knows, so that a new one is measured without a change here.</summary>
    public static IReadOnlyList<(string Strategy, string Policy)> All { get; } =
        [.. SessionStrategies.All.Keys.SelectMany(strategy => (strategy == SessionStrategies.Local ? Sticky : Any).Select(policy => (strategy, policy)))];
}
