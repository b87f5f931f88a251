using ShopSession.Lab.Bench.Stores;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Running;

/// <summary>All ways to keep sessions: every strategy of the session library, so that a new one is measured without a change here, and variants of some.</summary>
internal static class Ways
{
    public const string Redis = SessionStrategies.Redis;
    public const string RedisCluster = "redis-cluster";
    public const string RedisWithoutNearCache = "redis-without-near-cache";
    public const string DatabasePostgreSql = "database-postgresql";

    // Those that stick matter where sessions live in a replica.
    private static readonly string[] Sticky = ["round-robin", "ip-hash", "ip-hash-rendezvous", "session-hash", "session-hash-rendezvous"];
    private static readonly string[] Any = ["round-robin", "session-hash-rendezvous"];
    private static readonly string[] Plain = ["round-robin"];

    public static IReadOnlyList<Way> All { get; } =
    [
        Of(SessionStrategies.Local),
        Of(SessionStrategies.Redis),
        new(RedisCluster, SessionStrategies.Redis, LabStoreKind.RedisCluster, Any),
        Of(SessionStrategies.Database),
        Of(SessionStrategies.Replicated),
        Of(SessionStrategies.Client),
        Of(SessionStrategies.Jwt),
        new(DatabasePostgreSql, SessionStrategies.Database, LabStoreKind.PostgreSql, Plain),
        new(RedisWithoutNearCache, SessionStrategies.Redis, LabStoreKind.Redis, Plain) { Settings = new Dictionary<string, string> { ["Session__NearCache"] = "false" } },
        .. SessionStrategies.All.Keys.Except([SessionStrategies.Local, SessionStrategies.Redis, SessionStrategies.Database, SessionStrategies.Replicated, SessionStrategies.Client, SessionStrategies.Jwt]).Select(Of),
    ];

    public static Way Named(string name) => All.Single(way => way.Name == name);

    private static Way Of(string strategy) => new(
        strategy,
        strategy,
        strategy == SessionStrategies.Database ? LabStoreKind.Sqlite : LabStoreKind.Redis,
        strategy == SessionStrategies.Local ? Sticky : Any);
}
