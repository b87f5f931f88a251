using System.Diagnostics;
using System.Globalization;
using ShopSession.Redis.Cluster;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Cluster;

public sealed class FailoverTests
{
    private const int Keys = 30;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_master_that_is_killed_or_stands_still_is_replaced_and_no_replicated_write_is_lost(bool paused)
    {
        await using var cluster = await RedisClusterProcesses.StartAsync(cancellationToken: Stop);
        await using var client = ClusterFixture.Client(cluster, options =>
        {
            options.CommandTimeout = TimeSpan.FromSeconds(3);
            options.ConnectTimeout = TimeSpan.FromSeconds(1);
        });
        var (written, confirmed) = (new int[Keys], new int[Keys]);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var writers = Enumerable.Range(0, Keys).Select(key => Task.Run(() => WriteAsync(client, key, written, confirmed, enough.Token), Stop)).ToArray();
        await AllGrowAsync(writers, written, "before the fault");

        var failed = await cluster.MasterOfAsync(RedisSlot.Of("count:0"));
        if (paused) failed.Pause();
        else await failed.KillAsync();
        var started = Stopwatch.GetTimestamp();
        await Poll.UntilAsync(
            async () => await cluster.FindMasterAsync(RedisSlot.Of("count:0"), failed) is { } next && next != failed, Limit, "the cluster has a new master", Stop);
        await AllGrowAsync(writers, written, "after the fault");
        TestContext.Current.TestOutputHelper!.WriteLine($"every key is written again {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms after the fault");

        if (paused) failed.Resume();
        else await failed.RestartAsync(Stop);
        await Poll.UntilAsync(
            async () => (await failed.SendAsync("ROLE")).StartsWith("slave", StringComparison.Ordinal), Limit, "the old master is a replica", Stop);
        await AllGrowAsync(writers, written, "after the old master came back");
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        for (var key = 0; key < Keys; key++)
        {
            var stored = int.Parse(await client.GetStringAsync($"count:{key}", Stop) ?? "0", CultureInfo.InvariantCulture);
            Assert.True(stored >= confirmed[key], $"count:{key} is {stored}, but {confirmed[key]} writes were confirmed by a replica");
        }
    }

    /// <summary>
    /// Guards against a node that goes on vouching: cut off from its cluster it takes no more part in anything, another one serves its slots, and it answered PING all the same, so that what was read
    /// from it was served for minutes.
    /// </summary>
    [Fact]
    public async Task Nothing_is_served_that_came_from_a_node_that_has_lost_its_cluster()
    {
        await using var cluster = await RedisClusterProcesses.StartAsync(cancellationToken: Stop);
        await using var client = ClusterFixture.Client(cluster, options => options.NearCache.Prefixes.Add("near:"));
        await client.SetAsync("near:a", "old", cancellationToken: Stop);
        await Poll.UntilAsync(
            async () => await client.NearCache.GetOrReadAsync(
                "near:a", ["near:a"], new RedisPipeline().Add("GET", (RedisKey)"near:a"), static replies => replies[0].AsString(), Stop) == "old" && client.NearCache.TryGet<string>("near:a", out _),
            Limit, "the value is kept", Stop);
        var alone = await cluster.MasterOfAsync(RedisSlot.Of("near:a"));
        // The client reaches it as before; the others reach nobody.
        foreach (var server in cluster.Servers.Where(server => server != alone)) server.Pause();
        await Poll.UntilAsync(
            async () => (await alone.SendAsync("CLUSTER", "INFO")).Contains("cluster_state:fail", StringComparison.Ordinal), Limit, "the node knows that it is alone", Stop);
        await Poll.UntilAsync(() => client.NearCache.Statistics.Entries == 0, TimeSpan.FromSeconds(15), "nothing is kept of it", Stop);
        Assert.False(client.NearCache.TryGet<string>("near:a", out _));
        foreach (var server in cluster.Servers.Where(server => server != alone)) server.Resume();
    }

    /// <summary>Guards against deafness: a node that was taken out of its cluster keeps its connections and answers PING, and none of the others' messages reach it any more.</summary>
    [Fact]
    public async Task A_subscription_leaves_a_node_that_has_lost_its_cluster()
    {
        await using var cluster = await RedisClusterProcesses.StartAsync(cancellationToken: Stop);
        var master = await cluster.MasterOfAsync(0);
        var roles = await Task.WhenAll(cluster.Servers.Select(server => server.SendAsync("ROLE")));
        var replica = cluster.Servers[Array.FindIndex(roles, static role => role.StartsWith("slave", StringComparison.Ordinal))];
        await using var client = ClusterFixture.Client(cluster, options =>
        {
            // Where it looks for the way, and subscribes.
            options.EndPoints.Clear();
            options.EndPoints.Add(new("127.0.0.1", replica.Port));
        });
        await using var subscription = await client.SubscribeAsync("news", Stop);
        Assert.Equal("news\n1", await replica.SendAsync("PUBSUB", "NUMSUB", "news"));
        var heard = new List<string>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var reading = ReadAsync();

        await Poll.UntilAsync(
            async () =>
            {
                // Again, if a late greeting of another node has brought it back; and a message that is published while nobody listens is lost.
                if ((await replica.SendAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal)) await replica.SendAsync("CLUSTER", "RESET", "SOFT");
                await master.SendAsync("PUBLISH", "news", "heard");
                lock (heard) return heard.IndexOf("gap") is >= 0 and var gap && heard.LastIndexOf("heard") > gap;
            },
            Limit, "it is told that messages may be missing, and hears what another node publishes", Stop);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);

        async Task ReadAsync()
        {
            await foreach (var message in subscription.ReadMessagesAsync(enough.Token))
                lock (heard) heard.Add(message.IsGap ? "gap" : System.Text.Encoding.UTF8.GetString(message.Payload.Span));
        }
    }

    private static async Task WriteAsync(RedisClient client, int key, int[] written, int[] confirmed, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                var transaction = new RedisTransaction().Add("INCR", (RedisKey)$"count:{key}");
                var reply = await client.ExecuteReplicatedAsync(transaction, 1, TimeSpan.FromMilliseconds(500), Stop);
                Interlocked.Increment(ref written[key]);
                // A replica that has taken over has none of its own at first.
                if (reply.Replicas > 0) Interlocked.Increment(ref confirmed[key]);
            }
            catch (RedisException e) when (e is RedisUnavailableException or RedisOutcomeUnknownException)
            {
                // Told as it is: not done, or perhaps done. Only what was confirmed is counted.
                await Task.Delay(50, Stop);
            }
        }
    }

    // With the limit of a whole fail-over, on a machine that has more to do.
    private static async Task AllGrowAsync(Task[] writers, int[] written, string when)
    {
        foreach (var writer in writers.Where(writer => writer.IsCompleted)) await writer;
        var before = written.ToArray();
        await Poll.UntilAsync(() => writers.Any(writer => writer.IsCompleted) || written.Zip(before).All(pair => pair.First > pair.Second), Limit, $"every key is written {when}", Stop);
    }
}
