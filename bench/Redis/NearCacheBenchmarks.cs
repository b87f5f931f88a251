using BenchmarkDotNet.Attributes;
using ShopSession.Testing;

namespace ShopSession.Redis.Bench;

/// <summary>A read that is served from this process. Needs a redis-server.</summary>
[MemoryDiagnoser]
public class NearCacheBenchmarks
{
    private RedisServerProcess _server = null!;
    private RedisClient _client = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _server = await RedisServerProcess.StartAsync();
        _client = await NearCacheReader.ConnectAsync(_server);
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Benchmark]
    public string? Hit() => _client.NearCache.TryGet<string>("s:a", out var value) ? value : null;
}
