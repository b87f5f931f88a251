using System.Diagnostics;
using System.Globalization;
using ShopSession.Redis.Cluster;
using ShopSession.Redis.Tests.Telemetry;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Cluster;

public sealed class ClusterTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RedisClusterProcesses Cluster => fixture.Cluster;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Keys_of_all_nodes_are_reached_with_both_protocols_and_pipelines_are_divided(int protocol)
    {
        await using var client = ClusterFixture.Client(Cluster, options => options.Protocol = protocol);
        var pipeline = new RedisPipeline();
        for (var i = 0; i < 100; i++)
        {
            await client.SetAsync($"p{protocol}:{i}", $"{i}", cancellationToken: Stop);
            pipeline.Add("GET", (RedisKey)$"p{protocol}:{i}").Add("PING");
        }

        var replies = await client.ExecuteAsync(pipeline, Stop);
        for (var i = 0; i < 100; i++) Assert.Equal(($"{i}", "PONG"), (replies[2 * i].AsString(), replies[(2 * i) + 1].AsString()));
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task Slots_are_those_of_the_servers()
    {
        var random = new Random(3);
        await using var raw = await Cluster.Servers[0].ConnectAsync(Stop);
        for (var i = 0; i < 200; i++)
        {
            var key = new string([.. Enumerable.Range(0, random.Next(600)).Select(_ => "ab{}é1:"[random.Next(7)])]);
            Assert.Equal(await raw.SendAsync(["CLUSTER", "KEYSLOT", key], Stop), RedisSlot.Of(key).ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Use_across_slots_is_refused_before_anything_is_sent()
    {
        await using var client = ClusterFixture.Client(Cluster);
        var transaction = new RedisTransaction().Add("SET", (RedisKey)"cross:a", "1").Add("SET", (RedisKey)"cross:b", "1");
        await Assert.ThrowsAsync<RedisCrossSlotException>(async () => await client.ExecuteAsync(transaction, Stop));
        await Assert.ThrowsAsync<RedisCrossSlotException>(async () => await client.WatchAsync(["cross:a", "cross:b"], Stop));
        var command = new RedisCommand("MSET", (RedisKey)"cross:a", "1", (RedisKey)"cross:b", "1");
        await Assert.ThrowsAsync<RedisCrossSlotException>(async () => await client.ExecuteAsync(command, Stop));
        Assert.False(await client.ExistsAsync("cross:a", Stop));
        await client.ExecuteAsync(new RedisCommand("MSET", (RedisKey)"{cross}:a", "1", (RedisKey)"{cross}:b", "1"), Stop);
    }

    [Fact]
    public async Task Slots_that_move_while_being_written_to_lose_and_double_nothing()
    {
        // A transaction waits until its slot has arrived, and how long a move takes on a busy machine is not the client's to say.
        await using var client = ClusterFixture.Client(Cluster, options => options.CommandTimeout = TimeSpan.FromMinutes(2));
        var slot = RedisSlot.Of("move");
        for (var i = 0; i < 200; i++) await client.SetAsync($"{{move}}:fill:{i}", "x", cancellationToken: Stop);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var counts = new int[4];
        var writers = new[]
        {
            WriteAsync(0, async i => await client.IncrementAsync($"{{move}}:single:{i % 20}", cancellationToken: Stop)),
            WriteAsync(1, async i => (await client.ExecuteAsync(new RedisPipeline().Add("INCR", (RedisKey)$"{{move}}:pipe:{i % 20}"), Stop))[0].ThrowIfError()),
            WriteAsync(2, async i => await client.ExecuteAsync(new RedisTransaction().Add("INCR", (RedisKey)$"{{move}}:multi:{i % 20}"), Stop)),
            WriteAsync(3, async i => await WatchedIncrementAsync(client, $"{{move}}:watch:{i % 5}")),
        };
        var start = await Cluster.MasterOfAsync(slot);
        var masters = Cluster.Servers.Take(3).ToList();
        for (var round = 1; round <= 4; round++) await Cluster.MoveSlotAsync(slot, masters[(masters.IndexOf(start) + round) % 3], Stop);
        var before = counts.ToArray();
        await Poll.UntilAsync(
            async () =>
            {
                foreach (var writer in writers.Where(writer => writer.IsFaulted)) await writer;
                return counts.Zip(before).All(pair => pair.First > pair.Second + 5);
            },
            TimeSpan.FromMinutes(2), "writing goes on", Stop);
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        TestContext.Current.TestOutputHelper!.WriteLine($"written: {string.Join(", ", counts)}");
        var names = new[] { "single", "pipe", "multi", "watch" };
        for (var kind = 0; kind < 4; kind++)
        {
            long sum = 0;
            for (var i = 0; i < 20; i++)
                sum += long.Parse(await client.GetStringAsync($"{{move}}:{names[kind]}:{i}", Stop) ?? "0", CultureInfo.InvariantCulture);
            Assert.Equal((names[kind], counts[kind]), (names[kind], sum));
        }

        async Task WriteAsync(int kind, Func<int, Task> write)
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                await write(i);
                Interlocked.Increment(ref counts[kind]);
            }
        }
    }

    /// <summary>Guards against giving up after 0.3 s: WATCH and writes that wait for replicas had a fixed number of attempts, where other commands have their time limit.</summary>
    [Fact]
    public async Task Watching_and_replicated_writes_wait_for_a_slot_on_its_way_as_other_commands_do()
    {
        await using var client = ClusterFixture.Client(Cluster, options => options.CommandTimeout = TimeSpan.FromMinutes(1));
        var slot = RedisSlot.Of("way");
        var source = await Cluster.MasterOfAsync(slot);
        var target = Cluster.Servers.Take(3).First(server => server != source);
        Task<RedisReply[]?>? watched = null;
        Task<RedisReplicatedReply>? replicated = null;
        await Cluster.MoveSlotAsync(slot, target, async () =>
        {
            // The keys do not exist, so the source sends whoever asks for them to the target, which a transaction cannot follow.
            var before = await AsksAsync();
            watched = CommitAsync();
            replicated = client.ExecuteReplicatedAsync(new RedisTransaction().Add("SET", (RedisKey)"{way}:r", "1"), 1, TimeSpan.FromSeconds(5), Stop).AsTask();
            await Poll.UntilAsync(async () => watched.IsCompleted || replicated.IsCompleted || await AsksAsync() > before + 30, Limit, "both are sent elsewhere again and again", Stop);
            Assert.False(watched.IsCompleted || replicated.IsCompleted, "gave up while its slot was on its way");
        }, Stop);
        Assert.NotNull(await watched!);
        Assert.Equal(1, (await replicated!).Replicas);
        Assert.Equal(("1", "1"), (await client.GetStringAsync("{way}:w", Stop), await client.GetStringAsync("{way}:r", Stop)));

        async Task<RedisReply[]?> CommitAsync()
        {
            await using var watch = await client.WatchAsync(["{way}:w"], Stop);
            return await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"{way}:w", "1"), Stop);
        }

        async Task<int> AsksAsync() => Count(await source.SendAsync("INFO", "errorstats"), "errorstat_ASK:count=");
    }

    /// <summary>Guards against a loop without end: the server sends a key on another slot elsewhere each time, which a commit reported as "changed, start anew".</summary>
    [Fact]
    public async Task A_watched_transaction_with_a_key_on_another_slot_is_refused_before_it_is_sent()
    {
        await using var client = ClusterFixture.Client(Cluster);
        await using var watch = await client.WatchAsync(["one"], Stop);
        await Assert.ThrowsAsync<RedisCrossSlotException>(async () => await watch.ExecuteAsync(new RedisCommand("GET", (RedisKey)"two"), Stop));
        await Assert.ThrowsAsync<RedisCrossSlotException>(async () => await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"two", "1"), Stop));
        // Nothing was sent, so the watch is as good as before.
        Assert.NotNull(await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"one", "1"), Stop));
    }

    /// <summary>Guards against storms: every caller that meets the old map wants a new one, and one answer serves them all.</summary>
    [Fact]
    public async Task Many_callers_that_meet_a_moved_slot_share_a_question_for_the_map()
    {
        const int callers = 500;
        await using var client = ClusterFixture.Client(Cluster);
        var slot = RedisSlot.Of("storm");
        await client.SetAsync("storm", "1", cancellationToken: Stop);
        var source = await Cluster.MasterOfAsync(slot);
        await Cluster.MoveSlotAsync(slot, Cluster.Servers.Take(3).First(server => server != source), Stop);
        var before = await QuestionsAsync();
        var started = Stopwatch.GetTimestamp();
        var values = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () => await client.GetStringAsync("storm", Stop))));
        Assert.All(values, value => Assert.Equal("1", value));
        // One, and one more for each tenth of a second in which old answers were still coming in.
        Assert.InRange(await QuestionsAsync() - before, 1, (callers / 20) + (int)(10 * Stopwatch.GetElapsedTime(started).TotalSeconds));

        async Task<int> QuestionsAsync()
        {
            var sum = 0;
            foreach (var server in Cluster.Servers) sum += Count(await server.SendAsync("INFO", "commandstats"), "cmdstat_cluster|slots:calls=");
            return sum;
        }
    }

    [Fact]
    public async Task A_write_can_wait_until_a_replica_has_it()
    {
        await using var client = ClusterFixture.Client(Cluster);
        var reply = await client.ExecuteReplicatedAsync(
            new RedisTransaction().Add("SET", (RedisKey)"safe", "1").Add("GET", (RedisKey)"safe"), 1, TimeSpan.FromSeconds(5), Stop);
        Assert.Equal((1, "1"), (reply.Replicas, reply.Replies[1].AsString()));
        // More than there are: told after the time, and done all the same.
        var alone = await client.ExecuteReplicatedAsync(new RedisTransaction().Add("SET", (RedisKey)"safe", "2"), 5, TimeSpan.FromSeconds(2), Stop);
        Assert.Equal((1, "2"), (alone.Replicas, await client.GetStringAsync("safe", Stop)));
    }

    /// <summary>Guards keys that the client does not know as such: the first node was asked again after each MOVED until the time limit.</summary>
    [Fact]
    public async Task A_write_that_waits_for_replicas_finds_its_node_also_by_keys_that_were_given_as_text()
    {
        await using var client = ClusterFixture.Client(Cluster);
        for (var i = 0; i < 6; i++)
        {
            var reply = await client.ExecuteReplicatedAsync(new RedisTransaction().Add("SET", $"text:{i}", "1"), 1, TimeSpan.FromSeconds(5), Stop);
            Assert.Equal((1, "1"), (reply.Replicas, await client.GetStringAsync($"text:{i}", Stop)));
        }
    }

    [Fact]
    public async Task The_near_cache_forgets_what_changes_on_any_node_and_what_moves()
    {
        await using var client = ClusterFixture.Client(Cluster, options => options.NearCache.Prefixes.Add("near:"));
        await using var other = ClusterFixture.Client(Cluster);
        for (var i = 0; i < 20; i++)
        {
            var key = $"near:{i}";
            await other.SetAsync(key, "old", cancellationToken: Stop);
            Assert.Equal("old", await ReadAsync(key));
            await Poll.UntilAsync(async () => await ReadAsync(key) == "old" && client.NearCache.TryGet<string>(key, out _), Limit, "the value is kept", Stop);
            var heard = client.NearCache.Statistics.Invalidations;
            await other.SetAsync(key, "new", cancellationToken: Stop);
            // Not "is not served": that is so as well while a sign of life waits to be looked at, and the message may come after it.
            await Poll.UntilAsync(() => client.NearCache.Statistics.Invalidations > heard, Limit, "the change is known", Stop);
            Assert.Equal("new", await ReadAsync(key));
        }

        var slot = RedisSlot.Of("near:0");
        var source = await Cluster.MasterOfAsync(slot);
        await Cluster.MoveSlotAsync(slot, Cluster.Servers.Take(3).First(server => server != source), Stop);
        await other.SetAsync("near:0", "moved", cancellationToken: Stop);
        await Poll.UntilAsync(async () => await ReadAsync("near:0") == "moved", Limit, "the value of the new place is read", Stop);
        await Poll.UntilAsync(async () => await ReadAsync("near:0") == "moved" && client.NearCache.TryGet<string>("near:0", out _), Limit, "it is kept again", Stop);

        async Task<string?> ReadAsync(string key) => await client.NearCache.GetOrReadAsync(
            key, [key], new RedisPipeline().Add("GET", (RedisKey)key), replies => replies[0].AsString(), Stop);
    }

    [Fact]
    public async Task A_write_that_is_kept_happens_once_while_its_slot_moves()
    {
        await using var client = ClusterFixture.Client(Cluster, options => options.NearCache.Prefixes.Add("{kept}"));
        var slot = RedisSlot.Of("{kept}:n");
        for (var round = 1; round <= 20; round++)
        {
            Assert.Equal(2 * round - 1, await IncrementAsync());
            var source = await Cluster.MasterOfAsync(slot);
            await Cluster.MoveSlotAsync(slot, Cluster.Servers.Take(3).First(server => server != source), Stop);
            Assert.Equal(2 * round, await IncrementAsync());
        }

        async Task<long> IncrementAsync() => await client.NearCache.WriteAndKeepAsync(
            "{kept}:n", ["{kept}:n"], new RedisTransaction().Add("INCR", (RedisKey)"{kept}:n"), static replies => (object)replies[0].AsInt64(), Stop) is long value ? value : 0;
    }

    [Fact]
    public async Task Measurements_name_the_node_that_was_asked()
    {
        const string operation = "LPUSHX";
        using var measurements = new Measurements(operation);
        await using var client = ClusterFixture.Client(Cluster);
        for (var i = 0; i < 6; i++)
        {
            var master = await Cluster.MasterOfAsync(RedisSlot.Of($"measured:{i}"));
            await client.ExecuteAsync(operation, [(RedisKey)$"measured:{i}", "x"], Stop);
            Assert.Equal(master.Port, measurements.Of("db.client.operation.duration")[i]["server.port"]);
        }
    }

    [Fact]
    public async Task A_message_published_at_any_node_arrives()
    {
        await using var client = ClusterFixture.Client(Cluster);
        await using var subscription = await client.SubscribeAsync("news", Stop);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Limit);
        await using var messages = subscription.ReadAllAsync(limit.Token).GetAsyncEnumerator(limit.Token);
        foreach (var server in Cluster.Servers)
        {
            await server.SendAsync("PUBLISH", "news", $"{server.Port}");
            Assert.True(await messages.MoveNextAsync());
            Assert.Equal($"{server.Port}", System.Text.Encoding.UTF8.GetString(messages.Current.Span));
        }
    }

    // The number that follows a name in a server's statistics.
    private static int Count(string statistics, string name)
    {
        var at = statistics.IndexOf(name, StringComparison.Ordinal);
        if (at < 0) return 0;
        var number = statistics.AsSpan(at + name.Length);
        return int.Parse(number[..number.IndexOfAnyExceptInRange('0', '9')], CultureInfo.InvariantCulture);
    }

    private static async Task WatchedIncrementAsync(RedisClient client, string key)
    {
        while (true)
        {
            try
            {
                await using var watch = await client.WatchAsync([key], Stop);
                var value = await watch.ExecuteAsync(new RedisCommand("GET", (RedisKey)key), Stop);
                var next = (value.IsNull ? 0 : value.AsInt64()) + 1;
                if (await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)key, next), Stop) is not null) return;
            }
            catch (RedisUnavailableException)
            {
                // The keys are on their way to another node: certainly not executed.
                await Task.Delay(10, Stop);
            }
        }
    }
}
