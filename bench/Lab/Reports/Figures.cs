using System.Globalization;
using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>One thing that was measured: its heading, how a value is read off a result and shown, and whether less is better.</summary>
internal sealed record Figure<T>(string Heading, Func<T, double?> Value, string Format)
{
    public string Show(T result) => Value(result) is { } value ? value.ToString(Format, CultureInfo.InvariantCulture) : "-";
}

internal static class Figures
{
    public static IReadOnlyList<Figure<CellResult>> OfCells { get; } =
    [
        new("next request", cell => cell.LostAtNextRequest, "0"),
        new("kill -9 of a replica", cell => cell.LostAfterKill, "0"),
        new("rolling restart", cell => cell.LostAfterRollingRestart, "0"),
        new("store restarted", cell => cell.LostAfterStoreRestart, "0"),
        new("one replica added", cell => cell.LostAfterAdding, "0"),
        new("one removed", cell => cell.LostAfterRemoving, "0"),
        new("unknown at a sibling", cell => cell.UnknownAtSibling, "0"),
        new("busiest replica, 1,000 users of one address", cell => cell.BusiestShare, "P0"),
        new("bytes browser-gateway, signed in", cell => cell.BrowserBytes, "0"),
        new("anonymous", cell => cell.AnonymousBytes, "0"),
    ];

    public static IReadOnlyList<Figure<StrategyResult>> OfStrategies { get; } =
    [
        new("stale reads, part", result => (double)result.StaleReads / result.Writes, "P0"),
        new("refused everywhere, median ms", result => result.RefusedMedian, "0.0"),
        new("at most ms", result => result.RefusedWorst, "0.0"),
        new("bytes to the store, read", result => result.StoreBytesPerRead, "0"),
        new("write", result => result.StoreBytesPerWrite, "0"),
        new("store's memory a session, bytes", result => result.StoreMemoryPerSession, "0"),
        new("replicas' memory for 1,000 sessions, KiB", result => result.ReplicaKibPer1000Sessions, "0"),
        new("requests/s, part of those without session", result => result.Throughput, "0.00"),
        new("p50, times", result => result.P50Ratio, "0.00"),
        new("p99, times", result => result.P99Ratio, "0.00"),
    ];
}
