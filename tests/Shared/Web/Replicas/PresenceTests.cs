using Microsoft.Extensions.DependencyInjection;
using ShopSession.Redis;
using ShopSession.Testing;
using ShopSession.Web.Replicas.Presence;

namespace ShopSession.Web.Tests.Replicas;

public sealed class PresenceTests(StoreFixture store)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Replicas_find_one_another_and_one_that_stops_leaves_at_once()
    {
        var (first, second) = ($"probe-{Guid.NewGuid():N}", $"probe-{Guid.NewGuid():N}");
        await using var one = await ProbeService.StartAsync(store, settings: ("Shop:Replica", first));
        await using var two = await ProbeService.StartAsync(store, settings: ("Shop:Replica", second));
        var directory = one.Services.GetRequiredService<ReplicaDirectory>();
        await Poll.UntilAsync(async () => (await NamesAsync(directory)).IsSupersetOf([first, second]), Limit, "both replicas to be listed", TestContext.Current.CancellationToken);
        var report = (await directory.ListAsync(TestContext.Current.CancellationToken)).Single(replica => replica.Replica == second);
        Assert.Equal(("probe", "redis"), (report.Service, report.Sessions.Strategy));
        Assert.Null(report.Sessions.InMemory);

        // Whatever becomes of the replica, its report ends by itself.
        var left = await one.Services.GetRequiredService<IRedisClient>().TimeToLiveAsync($"{{shop-replicas}}:{second}", TestContext.Current.CancellationToken);
        Assert.InRange(left ?? TimeSpan.MaxValue, TimeSpan.Zero, ReplicaDirectory.ReportLife);

        await two.StopAsync();
        Assert.DoesNotContain(second, await NamesAsync(directory));
        Assert.Contains(first, await NamesAsync(directory));
    }

    [Fact]
    public async Task Sessions_in_a_replicas_memory_are_told()
    {
        var name = $"probe-{Guid.NewGuid():N}";
        await using var service = await ProbeService.StartAsync(store, settings: [("Shop:Replica", name), ("Session:Strategy", "local")]);
        var directory = service.Services.GetRequiredService<ReplicaDirectory>();
        await Poll.UntilAsync(async () => (await NamesAsync(directory)).Contains(name), Limit, "the replica to be listed", TestContext.Current.CancellationToken);
        var report = (await directory.ListAsync(TestContext.Current.CancellationToken)).Single(replica => replica.Replica == name);
        Assert.Equal(("local", (int?)0), (report.Sessions.Strategy, report.Sessions.InMemory));
    }

    private static async Task<HashSet<string>> NamesAsync(ReplicaDirectory directory) =>
        [.. (await directory.ListAsync(TestContext.Current.CancellationToken)).Select(replica => replica.Replica)];
}
