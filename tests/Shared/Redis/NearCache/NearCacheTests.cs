using ShopSession.Testing;

namespace ShopSession.Redis.Tests.NearCache;

public sealed class NearCacheTests : RedisTest
{
    [Fact]
    public async Task A_second_read_is_served_from_memory_until_somebody_changes_a_key()
    {
        var client = Tracking();
        await Server.SendAsync("HSET", "s:1", "name", "Ada");
        await Server.SendAsync("SET", "s:2", "7");
        Assert.Equal("Ada/7", await ReadBothAsync(client));
        await KeptAsync(client, "both");
        for (var i = 0; i < 100; i++) Assert.Equal("Ada/7", await ReadBothAsync(client));
        // Not every one: a sign of life that arrives meanwhile is looked at before anything is served.
        Assert.True(client.NearCache.Statistics.Hits >= 90, $"{client.NearCache.Statistics}");

        foreach (var (key, expected) in new[] { ("s:1", "Eve/7"), ("s:2", "Eve/8") })
        {
            var heard = client.NearCache.Statistics.Invalidations;
            if (key == "s:1") await Server.SendAsync("HSET", key, "name", "Eve");
            else await Server.SendAsync("SET", key, "8");
            // Not "is not served": that is so as well while a sign of life waits to be looked at, and the message may come after it.
            await Poll.UntilAsync(() => client.NearCache.Statistics.Invalidations > heard, Limit, $"the change of {key} is known", Stop);
            Assert.Equal(expected, await ReadBothAsync(client));
            // That read may still have been overtaken by the message; a later one is kept.
            await Poll.UntilAsync(
                async () => await ReadBothAsync(client) == expected && client.NearCache.TryGet<string>("both", out _), Limit, "the new value is kept", Stop);
        }
    }

    [Theory]
    [InlineData("DEL", "s:a")]
    [InlineData("PEXPIRE", "s:a", "1")]
    [InlineData("FLUSHALL")]
    [InlineData("RENAME", "s:a", "s:b")]
    public async Task Every_way_in_which_a_key_goes_is_noticed(params string[] command)
    {
        var client = Tracking();
        await Server.SendAsync("SET", "s:a", "1");
        await ReadAsync(client, "s:a");
        await KeptAsync(client, "s:a");
        await Server.SendAsync(command);
        await Poll.UntilAsync(() => !client.NearCache.TryGet<string>("s:a", out _), Limit, "the entry is gone", Stop);
        await Poll.UntilAsync(() => client.NearCache.Statistics is { Invalidations: > 0, Entries: 0 }, Limit, "the message was counted", Stop);
    }

    [Fact]
    public async Task A_change_that_overtakes_the_reply_keeps_the_old_value_out()
    {
        var client = Tracking();
        await Server.SendAsync("SET", "s:a", "old");
        // The reply is here, the result not kept yet: now another client writes, and its message comes first.
        var value = await client.NearCache.GetOrReadAsync("s:a", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), replies =>
        {
            var before = client.NearCache.Statistics.Invalidations;
            Server.SendAsync("SET", "s:a", "new").Wait(Stop);
            SpinWait.SpinUntil(() => client.NearCache.Statistics.Invalidations > before, Limit);
            return replies[0].AsString();
        }, Stop);
        Assert.Equal("old", value);
        Assert.False(client.NearCache.TryGet<string>("s:a", out _));
        Assert.Equal("new", await ReadAsync(client, "s:a"));
    }

    /// <summary>Guards names that are no Unicode text: the server knows such a key by another name, and tells its changes under that one.</summary>
    [Theory]
    [InlineData(false, 0xD83D)]
    [InlineData(false, 0xDE00, 0xD83D)]
    [InlineData(true, 0xD83D, 0xDE00)]
    [InlineData(true, 0x7B, 0xFC, 0x7D)]
    public async Task Only_what_the_server_knows_by_the_same_name_is_kept(bool isKept, params int[] letters)
    {
        var key = "s:" + string.Concat(letters.Select(static letter => (char)letter));
        var client = Tracking();
        var other = Client();
        await other.SetAsync(key, "old", cancellationToken: Stop);
        Assert.Equal("old", await ReadAsync(client, key));
        if (isKept) await KeptAsync(client, key);
        await other.SetAsync(key, "new", cancellationToken: Stop);
        await Poll.UntilAsync(
            async () => await ReadAsync(client, key) == "new" && client.NearCache.Statistics.Entries == (isKept ? 1 : 0), Limit, "the change is known", Stop);
    }

    [Fact]
    public async Task A_lost_connection_drops_everything_since_changes_were_missed()
    {
        var (client, proxy) = ClientThroughProxy(options => options.NearCache.Prefixes.Add("s:"));
        await Server.SendAsync("SET", "s:a", "old");
        await ReadAsync(client, "s:a");
        proxy.Refuse();
        await ConnectedAsync(client, connected: false);
        Assert.False(client.NearCache.TryGet<string>("s:a", out _));
        await Server.SendAsync("SET", "s:a", "new");
        proxy.Pass();
        await ConnectedAsync(client);
        Assert.False(client.NearCache.TryGet<string>("s:a", out _));
        Assert.Equal(0, client.NearCache.Statistics.Entries);
        Assert.Equal("new", await ReadAsync(client, "s:a"));
        await Server.SendAsync("SET", "s:a", "newer");
        await Poll.UntilAsync(() => !client.NearCache.TryGet<string>("s:a", out _), Limit, "the new connection is tracked too", Stop);
    }

    [Fact]
    public async Task A_silent_connection_serves_nothing_beyond_the_lease_even_while_it_is_not_given_up()
    {
        var (client, proxy) = ClientThroughProxy(options =>
        {
            options.NearCache.Prefixes.Add("s:");
            options.NearCache.Lease = TimeSpan.FromSeconds(1);
            options.HeartbeatTimeout = TimeSpan.FromMinutes(1);
        });
        await Server.SendAsync("SET", "s:a", "old");
        await ReadAsync(client, "s:a");
        await Poll.UntilAsync(() => client.NearCache.TryGet<string>("s:a", out _), Limit, "the value is served", Stop);
        proxy.BlackHole(toServer: false);
        await Server.SendAsync("SET", "s:a", "new");
        // Without the lease the silence would go on for a minute.
        await Poll.UntilAsync(() => !client.NearCache.TryGet<string>("s:a", out _), Limit, "nothing is served in doubt", Stop);
        Assert.True(client.IsConnected, "the connection has to stand, or the lease is not what is tried");
    }

    [Fact]
    public async Task Delayed_replies_do_not_stretch_the_lease()
    {
        // Bytes keep coming, each of them older than the lease: what counts is when they were asked for.
        var (client, proxy) = ClientThroughProxy(options =>
        {
            options.NearCache.Prefixes.Add("s:");
            options.NearCache.Lease = TimeSpan.FromSeconds(1);
            options.HeartbeatTimeout = TimeSpan.FromMinutes(1);
        });
        await Server.SendAsync("SET", "s:a", "1");
        await ReadAsync(client, "s:a");
        proxy.Delay(TimeSpan.FromSeconds(0.8));
        var traffic = new List<Task>();
        var served = 0;
        for (var i = 0; i < 80; i++)
        {
            traffic.Add(client.PingAsync(Stop).AsTask());
            await Task.Delay(50, Stop);
            // By now the replies come one after the other, 1.6 s after their questions.
            if (i > 40 && client.NearCache.TryGet<string>("s:a", out _)) served++;
        }

        Assert.Equal(0, served);
        await Task.WhenAll(traffic);
    }

    [Fact]
    public async Task An_idle_cache_stays_warm()
    {
        var client = Client(options =>
        {
            options.NearCache.Prefixes.Add("s:");
            options.NearCache.Lease = TimeSpan.FromSeconds(1);
            options.HeartbeatTimeout = TimeSpan.FromMinutes(1);
        });
        await Server.SendAsync("SET", "s:a", "1");
        await ReadAsync(client, "s:a");
        // Twice the lease later only the heartbeat can have kept it.
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        await Poll.UntilAsync(() => client.NearCache.TryGet<string>("s:a", out _), Limit, "the value is served without having been read again", Stop);
    }

    [Fact]
    public async Task Only_named_prefixes_are_kept_and_nothing_that_is_null_or_an_error()
    {
        var client = Tracking();
        await Server.SendAsync("SET", "other", "1");
        await Server.SendAsync("HSET", "s:hash", "f", "1");
        Assert.Equal("1", await ReadAsync(client, "other"));
        Assert.Null(await ReadAsync(client, "s:none"));
        Assert.Equal("WRONGTYPE", await client.NearCache.GetOrReadAsync(
            "s:hash", ["s:hash"], new RedisPipeline().Add("GET", (RedisKey)"s:hash"), replies => replies[0].AsString()!.Split(' ')[0], Stop));
        Assert.Equal("1", await client.NearCache.GetOrReadAsync(
            "mixed", ["s:a", "other"], new RedisPipeline().Add("GET", (RedisKey)"other"), replies => replies[0].AsString(), Stop));
        Assert.Equal(0, client.NearCache.Statistics.Entries);
    }

    [Fact]
    public async Task A_server_without_tracking_is_read_from_each_time()
    {
        var client = Client(options =>
        {
            options.NearCache.Prefixes.Add("s:");
            options.Protocol = 2;
        });
        await Server.SendAsync("SET", "s:a", "1");
        Assert.Equal("1", await ReadAsync(client, "s:a"));
        await Server.SendAsync("SET", "s:a", "2");
        Assert.Equal("2", await ReadAsync(client, "s:a"));
        Assert.False(client.NearCache.IsTracking);
    }

    [Fact]
    public async Task Readers_and_writers_at_once_never_see_their_own_write_undone_and_end_with_the_last_value()
    {
        var client = Tracking();
        var other = Client();
        await client.SetAsync("s:own", "0", cancellationToken: Stop);
        var pipeline = new RedisPipeline().Add("GET", (RedisKey)"s:own");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var background = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await Read();
                // What is near is answered at once: readers that never let go would only starve the pool.
                await Task.Yield();
            }
        })).ToArray();
        var noise = Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++) await other.ExecuteAsync(Set("s:noise", $"{i}"), Stop);
        }, Stop);
        for (var i = 1; i <= 2000; i++)
        {
            await client.SetAsync("s:own", $"{i}", cancellationToken: Stop);
            Assert.Equal($"{i}", await Read());
        }

        await enough.CancelAsync();
        await Task.WhenAll([.. background, noise]);
        Assert.Equal("2000", await Read());

        ValueTask<string?> Read() =>
            client.NearCache.GetOrReadAsync("s:own", ["s:own"], pipeline, replies => replies[0].AsString(), Stop);
    }

    private RedisClient Tracking() => Client(options => options.NearCache.Prefixes.Add("s:"));

    private static ValueTask<string?> ReadAsync(RedisClient client, string key) => client.NearCache.GetOrReadAsync(
        key, [key], new RedisPipeline().Add("GET", (RedisKey)key), replies => replies[0].AsString(), Stop);

    private static ValueTask<string> ReadBothAsync(RedisClient client) => client.NearCache.GetOrReadAsync(
        "both",
        ["s:1", "s:2"],
        new RedisPipeline().Add("HGET", (RedisKey)"s:1", "name").Add("GET", (RedisKey)"s:2"),
        replies => $"{replies[0].AsString()}/{replies[1].AsString()}",
        Stop);

    // Served as soon as the reader has looked at all that has arrived.
    private static Task KeptAsync(RedisClient client, string name) =>
        Poll.UntilAsync(() => client.NearCache.TryGet<string>(name, out _), Limit, $"{name} is served from memory", Stop);
}
