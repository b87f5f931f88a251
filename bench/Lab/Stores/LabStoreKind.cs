namespace ShopSession.Lab.Bench.Stores;

/// <summary>What a shop of the lab keeps its sessions in.</summary>
internal enum LabStoreKind
{
    /// <summary>One redis-server.</summary>
    Redis,

    /// <summary>Three masters and three replicas.</summary>
    RedisCluster,

    /// <summary>A SQLite file for sessions, beside one redis-server.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server for sessions, beside one redis-server.</summary>
    PostgreSql,
}
