using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Connections;

/// <summary>
/// A fail-over without a cluster: a replica is promoted and the old master, still alive, becomes a replica. Connections to it stay open and every write over them is refused, so a client that
/// only waits for connections to end never finds the new master.
/// </summary>
public sealed class RoleChangeTests : RedisTest
{
    private RedisServerProcess _replica = null!;

    // A replica is sent the data at once and not after waiting five seconds for others.
    protected override RedisServerOptions ServerOptions => new() { IsReal = true, Arguments = ["--repl-diskless-sync-delay", "0"] };

    [Fact]
    public async Task A_promoted_replica_is_found_by_itself_and_every_acknowledged_write_is_there()
    {
        var client = await ReplicatedAsync();
        var written = new int[5];
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var writers = new[]
        {
            WriteAsync(0, async () => await client.IncrementAsync("n:0", cancellationToken: Stop)),
            WriteAsync(1, async () => await client.ExecuteAsync(new RedisCommand("INCR", (RedisKey)"n:1"), Stop)),
            WriteAsync(2, async () => await client.ExecuteAsync(new RedisTransaction().Add("INCR", (RedisKey)"n:2").Add("GET", (RedisKey)"n:2"), Stop)),
            WriteAsync(3, async () => (await client.ExecuteAsync(new RedisPipeline().Add("INCR", (RedisKey)"n:3"), Stop))[0].ThrowIfError()),
            WriteAsync(4, () => WatchedIncrementAsync(client)),
        };
        await AllGrowAsync("before");
        for (var round = 0; round < 3; round++)
        {
            var (from, to) = round % 2 == 0 ? (Server, _replica) : (_replica, Server);
            await SwitchAsync(from, to);
            await AllGrowAsync($"after switch {round + 1}");
        }

        await enough.CancelAsync();
        await Task.WhenAll(writers);
        for (var kind = 0; kind < written.Length; kind++)
            Assert.Equal((kind, written[kind]), (kind, int.Parse(await _replica.SendAsync("GET", $"n:{kind}"), System.Globalization.CultureInfo.InvariantCulture)));

        async Task WriteAsync(int kind, Func<Task> write)
        {
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    await write();
                    Interlocked.Increment(ref written[kind]);
                }
                catch (RedisUnavailableException)
                {
                    // Certainly not executed: between the two masters there was none.
                    await Task.Delay(10, CancellationToken.None);
                }
            }
        }

        async Task AllGrowAsync(string when)
        {
            var before = written.ToArray();
            await Poll.UntilAsync(
                async () =>
                {
                    foreach (var writer in writers.Where(writer => writer.IsFaulted)) await writer;
                    return written.Zip(before).All(pair => pair.First > pair.Second + 3);
                },
                Limit, $"all kinds of writes go on {when}", Stop);
        }
    }

    [Fact]
    public async Task A_command_that_the_old_master_refused_is_sent_to_the_new_one()
    {
        var client = await ReplicatedAsync();
        await client.SetAsync("a", "1", cancellationToken: Stop);
        // Older than the age below which a connection is not left.
        var made = TimeProvider.System.GetTimestamp();
        await Poll.UntilAsync(() => TimeProvider.System.GetElapsedTime(made) > TimeSpan.FromMilliseconds(150), Limit, "the connection is not young", Stop);
        await SwitchAsync(Server, _replica);
        await client.SetAsync("a", "2", cancellationToken: Stop);
        Assert.Equal("2", await _replica.SendAsync("GET", "a"));
    }

    /// <summary>Guards subscriptions over a fail-over: one stayed at the old master, which no message reaches any more, without a word.</summary>
    [Fact]
    public async Task A_subscription_leaves_a_server_that_is_no_longer_the_master()
    {
        var client = await ReplicatedAsync();
        await using var subscription = await client.SubscribeAsync("news", Stop);
        Assert.Equal("news\n1", await Server.SendAsync("PUBSUB", "NUMSUB", "news"));
        // The old master follows somebody whom it does not reach.
        await _replica.SendAsync("REPLICAOF", "NO", "ONE");
        await Server.SendAsync("REPLICAOF", "127.0.0.1", $"{FreePort.Next()}");
        await Poll.UntilAsync(async () => await _replica.SendAsync("PUBLISH", "news", "1") == "1", Limit, "the subscription is at the new master", Stop);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Limit);
        var told = new List<string>();
        await foreach (var message in subscription.ReadMessagesAsync(limit.Token))
        {
            told.Add(message.IsGap ? "gap" : System.Text.Encoding.UTF8.GetString(message.Payload.Span));
            if (told.Count == 2) break;
        }

        // The message may be faster: it was published after the renewal, and the gap is about what came before.
        Assert.Equal(["1", "gap"], told.Order(StringComparer.Ordinal));
    }

    /// <summary>Guards who only reads: nothing was refused at the old master, whose data, and what was kept of them, were served on and on.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Reads_leave_a_server_that_is_no_longer_the_master(int protocol)
    {
        var client = await ReplicatedAsync(options =>
        {
            options.Protocol = protocol;
            options.NearCache.Prefixes.Add("s:");
        });
        await client.SetAsync("s:a", "old", cancellationToken: Stop);
        await Poll.UntilAsync(async () => await _replica.SendAsync("GET", "s:a") == "old", Limit, "the replica has it", Stop);
        Assert.Equal("old", await ReadAsync());
        // The old master follows somebody whom it does not reach.
        await _replica.SendAsync("REPLICAOF", "NO", "ONE");
        await Server.SendAsync("REPLICAOF", "127.0.0.1", $"{FreePort.Next()}");
        await _replica.SendAsync("SET", "s:a", "new");
        await Poll.UntilAsync(async () => await ReadAsync() == "new", Limit, "the new master is asked", Stop);

        async Task<string?> ReadAsync()
        {
            try
            {
                return await client.NearCache.GetOrReadAsync("s:a", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), static replies => replies[0].AsString(), Stop);
            }
            catch (RedisUnavailableException)
            {
                // Between the two masters.
                return null;
            }
        }
    }

    [Fact]
    public async Task A_subscription_begins_at_the_master_wherever_it_stands_among_the_hosts()
    {
        await ReplicatedAsync();
        var client = Client(connectionString: $"{_replica.ConnectionString},{Server.ConnectionString}");
        await using var subscription = await client.SubscribeAsync("news", Stop);
        Assert.Equal("news\n1", await Server.SendAsync("PUBSUB", "NUMSUB", "news"));
    }

    /// <summary>Guards against running twice: the commands of a transaction that could not begin ran one by one, and those that were not refused ran again over the next connection.</summary>
    [Fact]
    public async Task A_transaction_that_could_not_begin_is_not_sent_again_when_a_part_of_it_was_executed()
    {
        var executed = 0;
        await using var server = new ScriptedServer(command => command[0] switch
        {
            "MULTI" => "-LOADING Redis is loading the dataset in memory\r\n",
            "INCR" => $":{Interlocked.Increment(ref executed)}\r\n",
            "EXEC" => "-ERR EXEC without MULTI\r\n",
            _ => null,
        });
        var client = Client(options => options.ReconnectMinimum = options.ReconnectMaximum = TimeSpan.FromMilliseconds(20), server.ConnectionString);
        await client.PingAsync(Stop);
        var made = TimeProvider.System.GetTimestamp();
        await Poll.UntilAsync(() => TimeProvider.System.GetElapsedTime(made) > TimeSpan.FromMilliseconds(50), Limit, "the connection is not young", Stop);
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(async () => await client.ExecuteAsync(new RedisTransaction().Add("INCR", (RedisKey)"n"), Stop));
        Assert.Equal(1, executed);
    }

    /// <summary>One address that leads to a replica, and to nothing else: its refusal is told at once, and no storm of connections comes of it.</summary>
    [Fact]
    public async Task A_single_server_that_is_a_replica_refuses_writes_and_answers_reads_without_a_storm()
    {
        await ReplicatedAsync();
        await _replica.SendAsync("CONFIG", "RESETSTAT");
        var client = Client(options => options.ReconnectMaximum = TimeSpan.FromSeconds(30), _replica.ConnectionString);
        for (var i = 0; i < 50; i++)
        {
            var e = await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.SetAsync("a", "1", cancellationToken: Stop));
            Assert.Contains("READONLY", e.Message, StringComparison.Ordinal);
            await client.GetAsync("a", Stop);
        }

        var statistics = await _replica.SendAsync("INFO", "stats");
        var received = int.Parse(statistics.Split("total_connections_received:")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
        // The client's and the questions of this test.
        Assert.InRange(received, 1, 4);
    }

    [Fact]
    public async Task What_is_due_over_a_connection_that_is_left_still_arrives()
    {
        var (refuse, stored) = (false, 0);
        await using var server = new ScriptedServer(command => command[0] switch
        {
            "SET" when Volatile.Read(ref refuse) => "-READONLY You can't write against a read only replica.\r\n",
            "ECHO" => $"+{command[1]}\r\n",
            "HELLO" => Accept(),
            _ => null,
        });
        var client = Client(options => options.ReconnectMinimum = options.ReconnectMaximum = TimeSpan.FromMilliseconds(1), server.ConnectionString);
        await client.SetAsync("a", "1", cancellationToken: Stop);
        for (var i = 0; i < 20; i++)
        {
            Volatile.Write(ref refuse, true);
            var calls = Enumerable.Range(0, 30).Select(n => n % 3 == 0
                ? SetAsync()
                : EchoAsync($"{n}")).ToArray();
            await Task.WhenAll(calls);
        }

        Assert.True(stored > 0);

        // A new connection finds a server that serves.
        string? Accept()
        {
            Volatile.Write(ref refuse, false);
            return null;
        }

        async Task SetAsync()
        {
            try
            {
                await client.SetAsync("a", "1", cancellationToken: Stop);
                Interlocked.Increment(ref stored);
            }
            catch (RedisUnavailableException)
            {
                // The connection was too young to be left.
            }
        }

        async Task EchoAsync(string text) => Assert.Equal(text, (await client.ExecuteAsync(new RedisCommand("ECHO", text), Stop)).AsString());
    }

    /// <summary>Guards the order of the calls: each refused command went its own way to the next connection.</summary>
    [Fact]
    public async Task Commands_that_were_refused_one_by_one_are_sent_again_in_their_order()
    {
        var (isMaster, held) = (false, 0);
        var pushed = new List<string>();
        await using var server = new ScriptedServer(command => command[0] switch
        {
            "HELLO" => Accept(),
            "RPUSH" when Volatile.Read(ref isMaster) => Push(command[2]),
            "RPUSH" => Hold(),
            // All were sent before the first of them is refused.
            "REFUSE" => string.Concat(Enumerable.Repeat("-READONLY You can't write against a read only replica.\r\n", held)) + "+OK\r\n",
            _ => null,
        });
        for (var round = 0; round < 5; round++)
        {
            (held, pushed) = (0, []);
            var client = Client(options => options.ReconnectMinimum = options.ReconnectMaximum = TimeSpan.FromMilliseconds(20), server.ConnectionString + ",cluster=false");
            await client.PingAsync(Stop);
            Volatile.Write(ref isMaster, false);
            var made = TimeProvider.System.GetTimestamp();
            await Poll.UntilAsync(() => TimeProvider.System.GetElapsedTime(made) > TimeSpan.FromMilliseconds(50), Limit, "the connection is not young", Stop);
            var calls = Enumerable.Range(0, 500).Select(n => client.ExecuteAsync("RPUSH", [(RedisKey)"list", $"{n}"], Stop).AsTask()).ToArray();
            await client.ExecuteAsync("REFUSE", [], Stop);
            await Task.WhenAll(calls);
            Assert.Equal(Enumerable.Range(0, 500).Select(static n => $"{n}"), pushed);
            await client.DisposeAsync();
        }

        string? Accept()
        {
            Volatile.Write(ref isMaster, true);
            return null;
        }

        string Push(string value)
        {
            pushed.Add(value);
            return ":1\r\n";
        }

        string Hold()
        {
            held++;
            return "";
        }
    }

    /// <summary>Guards against running twice: a script that had written, and then answered with an error of its own that begins as the server's do, was sent again.</summary>
    [Theory]
    [InlineData("READONLY the cart is locked")]
    [InlineData("LOADING of the cart is not done")]
    [InlineData("MASTERDOWN")]
    [InlineData("READONLY_CART")]
    [InlineData("TRYAGAIN later")]
    public async Task An_error_of_a_script_that_looks_like_a_refusal_does_not_run_it_again(string error)
    {
        var client = Client(options => options.ReconnectMinimum = options.ReconnectMaximum = TimeSpan.FromMilliseconds(20));
        await client.PingAsync(Stop);
        var made = TimeProvider.System.GetTimestamp();
        await Poll.UntilAsync(() => TimeProvider.System.GetElapsedTime(made) > TimeSpan.FromMilliseconds(50), Limit, "the connection is not young", Stop);
        var script = $"redis.call('INCR', KEYS[1]) return {{err='{error}'}}";
        await Assert.ThrowsAsync<RedisServerException>(async () => await client.ExecuteAsync("EVAL", [script, 1L, (RedisKey)"n"], Stop));
        Assert.Equal("1", await Server.SendAsync("GET", "n"));
    }

    /// <summary>Guards a role that changes between the queueing of a transaction and its EXEC: it was told as the server's error, and the connection was kept.</summary>
    [Fact]
    public async Task A_transaction_that_was_aborted_for_the_server_s_role_was_not_executed()
    {
        await using var server = new ScriptedServer(static command => command[0] switch
        {
            "SET" => "+QUEUED\r\n",
            "EXEC" => "-EXECABORT Transaction discarded because of: READONLY You can't write against a read only replica.\r\n",
            _ => null,
        });
        var client = Client(options => options.CommandTimeout = TimeSpan.FromMilliseconds(300), server.ConnectionString);
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.ExecuteAsync(new RedisTransaction().Add("SET", (RedisKey)"a", "1"), Stop));
    }

    private static async Task WatchedIncrementAsync(RedisClient client)
    {
        while (true)
        {
            await using var watch = await client.WatchAsync(["n:4"], Stop);
            var before = await watch.ExecuteAsync(Get("n:4"), Stop);
            var next = (before.IsNull ? 0 : before.AsInt64()) + 1;
            if (await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"n:4", next), Stop) is not null) return;
        }
    }

    // Hands the role over as an operator or a fail-over tool does: no write is taken while the replica catches up.
    private static async Task SwitchAsync(RedisServerProcess from, RedisServerProcess to)
    {
        await Poll.UntilAsync(
            async () => (await from.SendAsync("INFO", "replication")).Contains("state=online", StringComparison.Ordinal), Limit, "the master knows its replica as caught up", Stop);
        await from.SendAsync("FAILOVER", "TO", "127.0.0.1", $"{to.Port}");
        await Poll.UntilAsync(async () => (await to.SendAsync("ROLE")).StartsWith("master", StringComparison.Ordinal), Limit, "the replica is the master", Stop);
        await Poll.UntilAsync(
            async () => (await from.SendAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal), Limit, "the old master is its replica", Stop);
    }

    private async Task<RedisClient> ReplicatedAsync(Action<RedisClientOptions>? configure = null)
    {
        _replica = Own(await RedisServerProcess.StartAsync(ServerOptions, Stop));
        await _replica.SendAsync("REPLICAOF", "127.0.0.1", $"{Server.Port}");
        await Poll.UntilAsync(
            async () => (await _replica.SendAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal), Limit, "the replica has caught up", Stop);
        return Client(
            options =>
            {
                // While the role is handed over the server answers nobody who writes, on a busy machine for longer than a second.
                options.HeartbeatTimeout = TimeSpan.FromSeconds(30);
                options.ReconnectMinimum = TimeSpan.FromMilliseconds(10);
                options.ReconnectMaximum = TimeSpan.FromMilliseconds(100);
                configure?.Invoke(options);
            },
            $"{Server.ConnectionString},{_replica.ConnectionString}");
    }
}
