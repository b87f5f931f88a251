using ShopSession.Testing;

[assembly: AssemblyFixture(typeof(ShopSession.Sessions.Tests.Conformance.KeyRingStore))]

namespace ShopSession.Sessions.Tests.Conformance;

/// <summary>One Redis for all sites of the suite: it keeps the key ring whatever the strategy. Each site has a prefix and an application name of its own.</summary>
public sealed class KeyRingStore : IAsyncLifetime
{
    private RedisServerProcess? _redis;

    public string ConnectionString => _redis!.ConnectionString;

    public async ValueTask InitializeAsync() => _redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _redis!.DisposeAsync();
}
