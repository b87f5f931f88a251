using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Bench.Reports;

/// <summary>All that was measured, in the order of the report.</summary>
internal static class Figures
{
    /// <summary>Logins lost, of <see cref="CellResult.Logins"/>.</summary>
    public static IReadOnlyList<Figure<CellResult>> Lost { get; } =
    [
        new("next request", cell => cell.LostAtNextRequest, "0"),
        new("kill -9 of a replica", cell => cell.LostAfterKill, "0"),
        new("rolling restart", cell => cell.LostAfterRollingRestart, "0"),
        new("one replica added", cell => cell.LostAfterAdding, "0"),
        new("one removed", cell => cell.LostAfterRemoving, "0"),
        new("store restarted", cell => cell.LostAfterStoreRestart, "0"),
        new("kill -9 of a master", cell => cell.LostAfterFailOver, "0"),
        new("seen from another service", cell => cell.UnknownAtSibling, "0"),
    ];

    /// <summary>None: no login lasted until it was looked at.</summary>
    public static Figure<CellResult> CookieBytes { get; } = new("bytes of cookies on each request", cell => cell.CookieBytes > 0 ? cell.CookieBytes : null, "0");

    public static IReadOnlyList<Figure<CellResult>> OfCells { get; } =
    [
        new("busiest replica's part of the users of one address", cell => cell.BusiestShare, "%"),
        CookieBytes,
        new("bytes browser-gateway, a signed-in request and its answer", cell => cell.BrowserBytes, "0"),
        new("the same, anonymous", cell => cell.AnonymousBytes, "0"),
    ];

    public static IReadOnlyList<Figure<WayResult>> OfWays { get; } =
    [
        new("stale reads at another replica", way => way.Writes > 0 ? (double)way.StaleReads / way.Writes : null, "%"),
        new("refused everywhere after a sign-out, median ms", way => way.NeverRefused ? null : way.RefusedMedian, "0.0"),
        new("the same, at most ms", way => way.NeverRefused ? null : way.RefusedWorst, "0.0"),
        new("bytes replica-store, a read", way => way.StoreBytesPerRead, "0"),
        new("bytes replica-store, a write", way => way.StoreBytesPerWrite, "0"),
        new("bytes replica-replicas, a write", way => way.PeerBytesPerWrite, "0"),
        new("store's memory for 1,000 sessions, KiB", way => AtLeastNone(way.StoreBytesPerSession * 1000 / 1024), "0"),
        new("each replica's memory for 1,000 sessions, KiB", way => AtLeastNone(way.MeanReplicaKib()), "0"),
        new("requests/s, as a part of no session", way => way.Throughput, "0.00"),
        new("p50, times no session", way => way.P50Ratio, "0.00"),
        new("p99, times no session", way => way.P99Ratio, "0.00"),
    ];

    public static IReadOnlyList<Figure<GrowthPoint>> OfGrowth { get; } =
    [
        new("bytes between replicas", point => point.PeerBytes, "0"),
        new("bytes to and from the store", point => point.StoreBytes, "0"),
        new("processor time of all replicas, µs", point => point.ProcessorMicroseconds, "0"),
        new("milliseconds, median", point => point.Median, "0.00"),
    ];

    // Where sessions take nothing, one collection finds a little less alive than the one before.
    private static double? AtLeastNone(double? memory) => memory is { } taken ? Math.Max(0, taken) : null;
}
