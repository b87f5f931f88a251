using System.Diagnostics;
using ShopSession.Testing;

namespace ShopSession.Lab.Bench.Stores;

/// <summary>Starts stores.</summary>
internal static class LabStores
{
    public static async Task<ILabStore> StartAsync(LabStoreKind kind, CancellationToken cancellationToken)
    {
        if (kind == LabStoreKind.RedisCluster) return await ClusterLabStore.StartAsync(cancellationToken);
        var redis = await RedisLabStore.StartAsync(cancellationToken);
        try
        {
            return kind switch
            {
                LabStoreKind.Redis => redis,
                LabStoreKind.Sqlite => new SqliteLabStore(redis),
                LabStoreKind.PostgreSql => new PostgresLabStore(redis, await PostgresServerProcess.StartAsync(cancellationToken)),
                _ => throw new UnreachableException($"No such store: {kind}."),
            };
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }
}
