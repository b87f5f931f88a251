using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Conformance;

public sealed class JwtConformanceTests(KeyRingStore keyRing) : ConformanceTests
{
    protected override string Strategy => SessionStrategies.Jwt;

    private protected override async Task<ConformanceSite> StartAsync(Action<SharedSessionOptions>? configure, int replicas)
    {
        var settings = Settings(configure);
        var site = new ConformanceSite([.. Enumerable.Repeat(() => Replica.StartAsync(keyRing.ConnectionString, settings), replicas)]);
        await site.StartAsync();
        return site;
    }
}
