using ShopSession.Lab.Bench.Stores;
using ShopSession.Testing;

namespace ShopSession.Lab.Tests.Stores;

public sealed class ClusterLabStoreTests
{
    [Fact]
    public async Task The_master_with_most_keys_is_replaced_and_a_restart_of_all_keeps_the_data()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var cluster = await RedisClusterProcesses.StartAsync(appendOnly: true, cancellationToken: stop);
        var store = new ClusterLabStore(cluster);
        var master = await cluster.MasterOfAsync(0);
        // {06S} and its like lie on slot 0.
        await master.SendAsync("SET", "{06S}:a", "1");
        await master.SendAsync("SET", "{06S}:b", "2");
        await master.SendAsync("WAIT", "1", "5000");
        Assert.Equal(1, await store.BusiestShardAsync(stop));

        await store.FailOverAsync(stop);

        var promoted = await cluster.MasterOfAsync(0);
        Assert.NotEqual(master.Port, promoted.Port);
        Assert.Equal("1", await promoted.SendAsync("GET", "{06S}:a"));

        await store.RestartAsync(stop);

        Assert.Equal("2", await (await cluster.MasterOfAsync(0)).SendAsync("GET", "{06S}:b"));
    }
}
