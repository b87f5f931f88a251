using ShopSession.Redis.Cluster;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Cluster;

/// <summary>Clusters that say what a real one says only in rare moments.</summary>
public sealed class ScriptedClusterTests
{
    private const string Hello = "%2\r\n+proto\r\n:3\r\n+mode\r\n+cluster\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pipeline_of_which_a_part_was_executed_is_not_told_as_not_executed()
    {
        var executed = 0;
        var dead = FreePort.Next();
        ScriptedServer? server = null;
        await using var node = server = new ScriptedServer(command => command switch
        {
            ["HELLO", ..] => Hello,
            ["CLUSTER", "SLOTS"] => Map((0, 16383, server!.Port)),
            ["INCR", "a"] => Executed(":1\r\n"),
            ["INCR", "b"] => $"-MOVED {RedisSlot.Of("b")} 127.0.0.1:{dead}\r\n",
            _ => null,
        });
        await using var client = Client(server.Port);
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(async () => await client.ExecuteAsync(Increments("a", "b"), Stop));
        Assert.Equal(1, executed);

        string Executed(string reply)
        {
            executed++;
            return reply;
        }
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task A_pipeline_with_one_part_in_doubt_is_not_told_as_not_executed_whatever_the_order(string first, string second)
    {
        var executed = 0;
        var dead = FreePort.Next();
        ScriptedServer? server = null;
        await using var node = server = new ScriptedServer(command => command switch
        {
            ["HELLO", ..] => Hello,
            ["CLUSTER", "SLOTS"] => Map((0, 9999, dead), (10000, 16383, server!.Port)),
            ["INCR", "a"] => Executed(),
            _ => null,
        });
        await using var client = Client(server.Port);
        await client.SetAsync("a", "1", cancellationToken: Stop);
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(async () => await client.ExecuteAsync(Increments(first, second), Stop));
        Assert.True(executed > 0);

        // Executed, and never answered.
        string Executed()
        {
            executed++;
            return "";
        }
    }

    [Fact]
    public async Task A_pipeline_of_which_nothing_was_sent_is_told_so()
    {
        var dead = FreePort.Next();
        ScriptedServer? server = null;
        await using var node = server = new ScriptedServer(command => command switch
        {
            ["HELLO", ..] => Hello,
            ["CLUSTER", "SLOTS"] => Map((0, 9999, dead), (10000, 16383, server!.Port)),
            _ => null,
        });
        await using var client = Client(server.Port);
        await client.SetAsync("a", "1", cancellationToken: Stop);
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.ExecuteAsync(Increments("b"), Stop));
    }

    /// <summary>A cluster that tells host names, one of whose nodes has none: the address stands for that of the node which was asked, as in the map.</summary>
    [Theory]
    [InlineData("?")]
    [InlineData("")]
    public async Task A_node_without_a_name_is_looked_for_where_the_other_one_is(string host)
    {
        await using var next = new ScriptedServer(static command => command switch
        {
            ["HELLO", ..] => Hello,
            ["GET", "a"] => "$1\r\n1\r\n",
            _ => null,
        });
        ScriptedServer? server = null;
        await using var node = server = new ScriptedServer(command => command switch
        {
            ["HELLO", ..] => Hello,
            ["CLUSTER", "SLOTS"] => Map((0, 16383, server!.Port)),
            ["GET", "a"] => $"-MOVED {RedisSlot.Of("a")} {host}:{next.Port}\r\n",
            _ => null,
        });
        await using var client = Client(server.Port);
        Assert.Equal("1", await client.GetStringAsync("a", Stop));
    }

    /// <summary>Guards keys that are given as text: the node says where they belong, and it was asked again and again all the same.</summary>
    [Theory]
    [InlineData("command")]
    [InlineData("pipeline")]
    [InlineData("transaction")]
    public async Task A_key_that_the_client_does_not_know_as_one_is_followed_to_its_node(string kind)
    {
        await using var next = new ScriptedServer(static command => command switch
        {
            ["HELLO", ..] => Hello,
            ["GET", "a"] => "$1\r\n1\r\n",
            ["EXEC"] => "*1\r\n$1\r\n1\r\n",
            _ => null,
        });
        ScriptedServer? server = null;
        await using var node = server = new ScriptedServer(command => command switch
        {
            ["HELLO", ..] => Hello,
            ["CLUSTER", "SLOTS"] => Map((0, 9999, server!.Port), (10000, 16383, next.Port)),
            ["GET", "a"] => $"-MOVED {RedisSlot.Of("a")} 127.0.0.1:{next.Port}\r\n",
            ["EXEC"] => "-EXECABORT Transaction discarded because of previous errors.\r\n",
            _ => null,
        });
        await using var client = Client(server.Port);
        await client.SetAsync("b", "1", cancellationToken: Stop);
        var replies = kind switch
        {
            "pipeline" => await client.ExecuteAsync(new RedisPipeline().Add("PING").Add("GET", "a"), Stop),
            "transaction" => await client.ExecuteAsync(new RedisTransaction().Add("GET", "a"), Stop),
            _ => [await client.ExecuteAsync("GET", ["a"], Stop)],
        };
        Assert.Equal("1", replies[^1].AsString());
    }

    /// <summary>Guards the time limit and the caller's wish to end: the question for the map, asked of one node after the other, knew of neither.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_waits_for_the_map_beyond_the_time_limit_or_a_cancellation(bool cancelled)
    {
        var asked = 0;
        List<ScriptedServer> servers = [];
        for (var i = 0; i < 8; i++) servers.Add(new ScriptedServer(Answer));
        await using var client = Client(servers[0].Port, options =>
        {
            options.HeartbeatTimeout = TimeSpan.FromSeconds(30);
            options.CommandTimeout = TimeSpan.FromSeconds(cancelled ? 30 : 1);
        });
        await Poll.UntilAsync(() => client.IsConnected, TimeSpan.FromSeconds(10), "all masters are reached", Stop);
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var started = TimeProvider.System.GetTimestamp();
        // Slot 15495 is served by nobody, so the map is asked for.
        var call = client.GetStringAsync("a", cancelled ? source.Token : Stop).AsTask();
        if (cancelled) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        else await Assert.ThrowsAsync<RedisUnavailableException>(() => call);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0.9, 3);
        foreach (var server in servers) await server.DisposeAsync();

        // The first question is answered, and nothing any more after the second.
        string? Answer(string[] command) => command switch
        {
            _ when Volatile.Read(ref asked) > 1 => "",
            ["HELLO", ..] => Hello,
            ["CLUSTER", "SLOTS"] => Interlocked.Increment(ref asked) > 1 ? "" : Map([.. servers.Select((server, i) => (i * 1000, (i * 1000) + 999, server.Port))]),
            _ => null,
        };
    }

    [Theory]
    [InlineData("*1\r\n*2\r\n:0\r\n:16383\r\n")]
    [InlineData("*1\r\n:1\r\n")]
    [InlineData("*1\r\n*3\r\n:0\r\n:16383\r\n*1\r\n$9\r\n127.0.0.1\r\n")]
    [InlineData("*1\r\n*3\r\n:0\r\n:16383\r\n*2\r\n$9\r\n127.0.0.1\r\n:70000\r\n")]
    [InlineData("+OK\r\n")]
    public async Task A_map_that_cannot_be_read_is_a_clear_error_and_disposal_works(string map)
    {
        var asked = 0;
        ScriptedServer? server = null;
        await using var node = server = new ScriptedServer(command => command switch
        {
            ["HELLO", ..] => Hello,
            ["CLUSTER", "SLOTS"] => Interlocked.Increment(ref asked) <= 1 ? Map((0, 10000, server!.Port)) : map,
            _ => null,
        });
        var client = Client(server.Port);
        await client.SetAsync("b", "1", cancellationToken: Stop);
        // Slot 15495 is served by nobody, so the map is asked for.
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.SetAsync("a", "1", cancellationToken: Stop));
        await client.DisposeAsync();
        Assert.True(asked > 1);
    }

    /// <summary>Guards the near cache's way to the server: it went to the node of the map and looked for no other, where a plain command does.</summary>
    [Theory]
    [InlineData("plain")]
    [InlineData("read")]
    [InlineData("write")]
    public async Task A_master_that_was_down_from_the_start_and_is_replaced_is_found(string kind)
    {
        var isReplaced = false;
        await using var server = WithDeadMaster(() => Volatile.Read(ref isReplaced));
        await using var client = Client(server.Port, options => options.NearCache.Prefixes.Add("{a}"));
        await client.SetAsync("b", "1", cancellationToken: Stop);
        await Assert.ThrowsAsync<RedisUnavailableException>(RunAsync);
        Volatile.Write(ref isReplaced, true);
        await Poll.UntilAsync(
            async () =>
            {
                try
                {
                    await RunAsync();
                    return true;
                }
                catch (RedisUnavailableException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(30), "the new master is found", Stop);

        async Task RunAsync()
        {
            RedisKey key = "{a}x";
            if (kind == "plain") await client.GetStringAsync(key, Stop);
            else if (kind == "read") await client.NearCache.ReadAndKeepAsync("n", [key], new RedisPipeline().Add("GET", key), static replies => replies[0].AsString()!, Stop);
            else await client.NearCache.WriteAndKeepAsync("n", [key], new RedisTransaction().Add("GET", key), static _ => "x", Stop);
        }
    }

    [Fact]
    public async Task A_master_that_was_never_reached_is_looked_for_without_a_command()
    {
        var isReplaced = false;
        await using var server = WithDeadMaster(() => Volatile.Read(ref isReplaced));
        await using var client = Client(server.Port);
        await client.SetAsync("b", "1", cancellationToken: Stop);
        Assert.False(client.IsConnected);
        Volatile.Write(ref isReplaced, true);
        await Poll.UntilAsync(() => client.IsConnected, TimeSpan.FromSeconds(30), "all masters are reached", Stop);
    }

    // Serves the lower slots itself, and the upper ones once it has replaced a master that nobody reaches.
    private static ScriptedServer WithDeadMaster(Func<bool> isReplaced)
    {
        var dead = FreePort.Next();
        ScriptedServer? server = null;
        return server = new ScriptedServer(command => command switch
        {
            ["HELLO", ..] => Hello,
            ["CLUSTER", "SLOTS"] => Map((0, 9999, server!.Port), (10000, 16383, isReplaced() ? server.Port : dead)),
            ["GET", ..] => "$1\r\n1\r\n",
            ["EXEC"] => "*1\r\n$1\r\n1\r\n",
            _ => null,
        });
    }

    // "[[first, last, [host, port, id]], …]"
    private static string Map(params (int First, int Last, int Port)[] ranges) => $"*{ranges.Length}\r\n" + string.Concat(
        ranges.Select(range => $"*3\r\n:{range.First}\r\n:{range.Last}\r\n*3\r\n$9\r\n127.0.0.1\r\n:{range.Port}\r\n$1\r\n{range.First % 10}\r\n"));

    private static RedisPipeline Increments(params string[] keys)
    {
        var pipeline = new RedisPipeline();
        foreach (var key in keys) pipeline.Add("INCR", (RedisKey)key);
        return pipeline;
    }

    private static RedisClient Client(int port, Action<RedisClientOptions>? configure = null)
    {
        var options = RedisClientOptions.Parse($"127.0.0.1:{port}");
        options.CommandTimeout = TimeSpan.FromSeconds(4);
        configure?.Invoke(options);
        return new RedisClient(options);
    }
}
