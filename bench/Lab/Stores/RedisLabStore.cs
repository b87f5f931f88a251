using System.Collections.ObjectModel;
using ShopSession.Testing;

namespace ShopSession.Lab.Bench.Stores;

/// <summary>One redis-server that writes an append-only file.</summary>
internal sealed class RedisLabStore(RedisServerProcess server) : ILabStore
{
    public string RedisConnection => server.ConnectionString;

    public IReadOnlyDictionary<string, string> Settings => ReadOnlyDictionary<string, string>.Empty;

    public bool CanFailOver => false;

    public static async Task<RedisLabStore> StartAsync(CancellationToken cancellationToken) =>
        new(await RedisServerProcess.StartAsync(new RedisServerOptions { AppendOnly = true }, cancellationToken));

    public Task RestartAsync(CancellationToken cancellationToken) => server.RestartAsync(cancellationToken);

    public Task FailOverAsync(CancellationToken cancellationToken) => throw new NotSupportedException("A single server has nobody to take its place.");

    public async Task<long?> BytesAsync(CancellationToken cancellationToken) => await RedisInfo.ClientBytesAsync(server);

    public async Task<long?> SizeAsync(CancellationToken cancellationToken) => await RedisInfo.MemoryAsync(server);

    public Task<double?> BusiestShardAsync(CancellationToken cancellationToken) => Task.FromResult<double?>(null);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
