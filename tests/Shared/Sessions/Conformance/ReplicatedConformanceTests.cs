using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Conformance;

public sealed class ReplicatedConformanceTests(KeyRingStore keyRing) : ConformanceTests, IAsyncDisposable
{
    private PeerProxies? _proxies;

    protected override string Strategy => SessionStrategies.Replicated;

    public ValueTask DisposeAsync() => _proxies?.DisposeAsync() ?? ValueTask.CompletedTask;

    private protected override async Task<ConformanceSite> StartAsync(Action<SharedSessionOptions>? configure, int replicas)
    {
        var settings = Settings(configure);
        var proxies = _proxies = new PeerProxies(replicas);
        var site = new ConformanceSite([.. Enumerable.Range(0, replicas).Select<int, Func<Task<Replica>>>(index => () => proxies.StartAsync(keyRing.ConnectionString, index, settings))]) { News = proxies };
        await site.StartAsync();
        return site;
    }
}
