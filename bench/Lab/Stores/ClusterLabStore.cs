using System.Collections.ObjectModel;
using ShopSession.Testing;

namespace ShopSession.Lab.Bench.Stores;

/// <summary>A Redis Cluster of three masters with a replica each, every node with an append-only file.</summary>
internal sealed class ClusterLabStore(RedisClusterProcesses cluster) : ILabStore
{
    private static readonly TimeSpan FailOverLimit = TimeSpan.FromSeconds(60);

    public string RedisConnection => cluster.ConnectionString;

    public IReadOnlyDictionary<string, string> Settings => ReadOnlyDictionary<string, string>.Empty;

    public bool CanFailOver => true;

    public static async Task<ClusterLabStore> StartAsync(CancellationToken cancellationToken) =>
        new(await RedisClusterProcesses.StartAsync(appendOnly: true, cancellationToken: cancellationToken));

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        foreach (var server in cluster.Servers) await server.KillAsync();
        foreach (var server in cluster.Servers) await server.RestartAsync(cancellationToken);
        await cluster.UntilCompleteAsync(cancellationToken);
    }

    public async Task FailOverAsync(CancellationToken cancellationToken)
    {
        var masters = await MastersAsync();
        var victim = masters.MaxBy(master => master.Keys).Server;
        await victim.KillAsync();
        await Poll.UntilAsync(async () => (await MastersAsync()).Count == masters.Count, FailOverLimit, "a replica takes the killed master's place", cancellationToken);
        await victim.RestartAsync(cancellationToken);
        await cluster.UntilCompleteAsync(cancellationToken);
    }

    public async Task<long?> BytesAsync(CancellationToken cancellationToken)
    {
        var sum = 0L;
        foreach (var server in cluster.Servers) sum += await RedisInfo.ClientBytesAsync(server);
        return sum;
    }

    /// <summary>Of the masters: their replicas hold the same once more.</summary>
    public async Task<long?> SizeAsync(CancellationToken cancellationToken)
    {
        var sum = 0L;
        foreach (var (server, _) in await MastersAsync()) sum += await RedisInfo.MemoryAsync(server);
        return sum;
    }

    public async Task<double?> BusiestShardAsync(CancellationToken cancellationToken)
    {
        var masters = await MastersAsync();
        return masters.Max(master => master.Keys) / (double)masters.Sum(master => master.Keys);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    private async Task<List<(RedisServerProcess Server, long Keys)>> MastersAsync()
    {
        var masters = new List<(RedisServerProcess, long)>();
        foreach (var server in cluster.Servers.Where(server => server.IsRunning))
            if (await RedisInfo.IsMasterAsync(server)) masters.Add((server, await RedisInfo.KeysAsync(server)));
        return masters;
    }
}
