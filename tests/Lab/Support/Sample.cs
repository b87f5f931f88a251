using ShopSession.Lab.Bench.Results;

namespace ShopSession.Lab.Tests.Support;

/// <summary>Results as they might be measured; tests change what they are about.</summary>
internal static class Sample
{
    public static Circumstances Under { get; } = new() { MeasuredAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), Replicas = 3, Siblings = 2, Quick = false, Processors = 2, LoadAverage = 1.5 };

    public static CellResult Cell(string way, string policy = "round-robin") => new()
    {
        Way = way,
        Policy = policy,
        Under = Under,
        Logins = 100,
        LostAtNextRequest = 0,
        LostAfterKill = 0,
        LostAfterRollingRestart = 0,
        LostAfterStoreRestart = 0,
        LostAfterFailOver = null,
        LostAfterAdding = 0,
        LostAfterRemoving = 0,
        UnknownAtSibling = 0,
        Users = 1000,
        BusiestShare = 0.34,
        BrowserBytes = 1600,
        AnonymousBytes = 1400,
        CookieBytes = 80,
    };

    public static WayResult Way(string way) => new()
    {
        Way = way,
        Under = Under,
        Writes = 200,
        StaleReads = 0,
        SignOuts = 50,
        RefusedMedian = 3.2,
        RefusedWorst = 12.5,
        NeverRefused = false,
        StoreBytesPerRead = 1,
        StoreBytesPerWrite = 700,
        PeerBytesPerWrite = 0,
        Peers = 9,
        StoreBytesPerSession = 400,
        ReplicaKibPer1000Sessions = [100, 110, 120],
        BusiestShard = null,
        Throughput = 0.8,
        P50Ratio = 1.2,
        P99Ratio = 1.4,
        Carried = null,
    };

    public static GrowthResult Growth(string way, params (int Replicas, double PeerBytes)[] points) => new()
    {
        Way = way,
        Under = Under,
        Points = [.. points.Select(point => new GrowthPoint { Replicas = point.Replicas, PeerBytes = point.PeerBytes, StoreBytes = null, ProcessorMicroseconds = 400, Median = 0.7 })],
    };

    public static CarriedResult Carried { get; } = new() { TamperedIsAccepted = false, RefusedWith = 413, LargestBytes = 12000, KeptWhatItHad = true };

    public static LoginResult Logins { get; } = new()
    {
        Under = Under,
        Services = 3,
        TokenServices = 3,
        TokenRefused = 4,
        CookieServices = 3,
        ForeignHosts = 0,
        SecondLogins = 50,
        FirstAlive = 0,
        FirstRefusedMedian = 4,
        FirstRefusedWorst = 9,
    };

    public static UrlResult Url { get; } = new()
    {
        Under = Under,
        Services = 3,
        KnownServices = 3,
        SessionCookies = 0,
        OwnLinks = 40,
        LinksWithId = 40,
        AddressBytes = 60,
        ReferrerPolicy = "no-referrer-when-downgrade",
        Shared = 20,
        Strangers = 20,
        StrangersAfterSignOut = 0,
    };
}
