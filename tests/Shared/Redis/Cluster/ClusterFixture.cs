using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Cluster;

/// <summary>One real cluster for the tests that leave its nodes alive.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public RedisClusterProcesses Cluster { get; private set; } = null!;

    public static RedisClient Client(RedisClusterProcesses cluster, Action<RedisClientOptions>? configure = null)
    {
        var options = RedisClientOptions.Parse(cluster.ConnectionString);
        options.CommandTimeout = TimeSpan.FromSeconds(10);
        options.ConnectTimeout = TimeSpan.FromSeconds(2);
        configure?.Invoke(options);
        return new RedisClient(options);
    }

    public async ValueTask InitializeAsync() => Cluster = await RedisClusterProcesses.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null) await Cluster.DisposeAsync();
    }
}
