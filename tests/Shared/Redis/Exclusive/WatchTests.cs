using System.Diagnostics;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Exclusive;

public sealed class WatchTests : RedisTest
{
    [Fact]
    public async Task A_commit_succeeds_when_nothing_changed_and_fails_when_something_did()
    {
        var client = Client();
        await using (var watch = await client.WatchAsync(["a"], Stop))
        {
            Assert.True((await watch.ExecuteAsync(Get("a"), Stop)).IsNull);
            var replies = await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"a", "1"), Stop);
            Assert.Equal("OK", Assert.Single(replies!).AsString());
        }

        await using (var watch = await client.WatchAsync(["a"], Stop))
        {
            await client.ExecuteAsync(Set("a", "other"), Stop);
            Assert.Null(await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"a", "2"), Stop));
        }

        Assert.Equal("other", (await client.ExecuteAsync(Get("a"), Stop)).AsString());
    }

    [Fact]
    public async Task A_connection_given_back_watches_nothing_any_more_and_is_used_again()
    {
        var client = Client();
        for (var i = 0; i < 10; i++)
        {
            await using (await client.WatchAsync(["a"], Stop))
            {
            }

            await client.ExecuteAsync(Set("a", $"{i}"), Stop);
            await using var watch = await client.WatchAsync(["b"], Stop);
            Assert.NotNull(await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"b", "1"), Stop));
        }

        Assert.Contains("connected_clients:3", await Server.SendAsync("INFO", "clients"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_by_optimistic_transactions_loses_nothing_with_more_callers_than_connections()
    {
        var client = Client(options => options.MaxExclusiveConnections = 4);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                while (true)
                {
                    await using var watch = await client.WatchAsync(["n"], Stop);
                    var before = await watch.ExecuteAsync(Get("n"), Stop);
                    var next = (before.IsNull ? 0 : before.AsInt64()) + 1;
                    if (await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"n", next), Stop) is not null) break;
                }
            }
        })));
        Assert.Equal(120, (await client.ExecuteAsync(Get("n"), Stop)).AsInt64());
    }

    /// <summary>Guards against overwriting: the EXEC that got no answer had ended the watching, and a second commit of the same watch was checked against nothing.</summary>
    [Fact]
    public async Task A_commit_in_doubt_cannot_be_made_again_without_watching_anew()
    {
        var client = Client(options => options.HeartbeatTimeout = TimeSpan.FromSeconds(30));
        await Server.SendAsync("SET", "w", "1");
        await using var watch = await client.WatchAsync(["w"], Stop);
        Server.Pause();
        using var source = new CancellationTokenSource();
        var commit = watch.CommitAsync(new RedisTransaction().Add("INCR", (RedisKey)"w"), source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
        Server.Resume();
        await Poll.UntilAsync(async () => await Server.SendAsync("GET", "w") == "2", Limit, "the commit in doubt has run", Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"w", "0"), Stop));
        Assert.Equal("2", await Server.SendAsync("GET", "w"));
    }

    [Fact]
    public async Task What_had_no_connection_yet_was_certainly_not_executed()
    {
        var connections = 0;
        await using var server = new ScriptedServer(command => command[0] == "HELLO" && Interlocked.Increment(ref connections) > 1 ? "?\r\n" : null);
        var client = Client(connectionString: server.ConnectionString + ",cluster=false");
        await client.PingAsync(Stop);
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.WatchAsync(["a"], Stop));
        await Assert.ThrowsAsync<RedisUnavailableException>(
            async () => await client.ExecuteReplicatedAsync(new RedisTransaction().Add("SET", (RedisKey)"a", "1"), 1, TimeSpan.FromSeconds(1), Stop));
    }

    /// <summary>Guards against one time limit after the other: the shared connection had noticed that the line was dead, those that lay idle beside it were handed out all the same.</summary>
    [Fact]
    public async Task Idle_connections_go_with_the_shared_one()
    {
        var (client, proxy) = ClientThroughProxy(options => options.HeartbeatTimeout = TimeSpan.FromSeconds(1));
        await client.PingAsync(Stop);
        var watches = new List<IRedisWatch>();
        for (var i = 0; i < 4; i++) watches.Add(await client.WatchAsync(["a"], Stop));
        foreach (var watch in watches) await watch.DisposeAsync();
        await ReconnectedAsync(client, proxy, proxy.Freeze);
        for (var i = 0; i < 5; i++)
        {
            await using var watch = await client.WatchAsync(["a"], Stop);
            Assert.NotNull(await watch.CommitAsync(new RedisTransaction().Add("INCR", (RedisKey)"a"), Stop));
        }

        Assert.Equal("5", await Server.SendAsync("GET", "a"));
    }

    [Fact]
    public async Task An_abandoned_command_takes_its_connection_with_it()
    {
        var client = Client(options => options.HeartbeatTimeout = TimeSpan.FromSeconds(30));
        await using (var watch = await client.WatchAsync(["a"], Stop))
        {
            Server.Pause();
            using var source = new CancellationTokenSource();
            var abandoned = watch.ExecuteAsync(new RedisCommand("ECHO", "0"), source.Token);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await abandoned);
            Server.Resume();
        }

        await using var next = await client.WatchAsync(["b"], Stop);
        Assert.Equal("1", (await next.ExecuteAsync(new RedisCommand("ECHO", "1"), Stop)).AsString());
    }

    /// <summary>Guards the next user of the connection: a commit over a watch that had been given back ended the watching of whoever had the connection by then.</summary>
    [Fact]
    public async Task A_watch_that_was_given_back_cannot_be_used_any_more()
    {
        var client = Client(options => options.MaxExclusiveConnections = 1);
        var first = await client.WatchAsync(["a"], Stop);
        await first.DisposeAsync();
        await using var second = await client.WatchAsync(["b"], Stop);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await first.ExecuteAsync(Get("a"), Stop));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await first.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"a", "1"), Stop));
        await client.ExecuteAsync(Set("b", "other"), Stop);
        Assert.Null(await second.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"b", "lost"), Stop));
    }

    /// <summary>Guards the time limit: waiting for a connection could take all of it, and WATCH itself then had another one.</summary>
    [Fact]
    public async Task Waiting_for_a_connection_and_watching_have_one_time_limit_together()
    {
        var watches = 0;
        await using var server = new ScriptedServer(command => command[0] == "WATCH" && Interlocked.Increment(ref watches) > 1 ? "" : null);
        var client = Client(
            options =>
            {
                options.CommandTimeout = TimeSpan.FromSeconds(3);
                options.MaxExclusiveConnections = 1;
            },
            server.ConnectionString + ",cluster=false");
        var first = await client.WatchAsync(["a"], Stop);
        var started = TimeProvider.System.GetTimestamp();
        var second = client.WatchAsync(["a"], Stop).AsTask();
        await Task.Delay(2500, Stop);
        await first.DisposeAsync();
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(() => second);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 2.5, 4.5);
    }

    /// <summary>Guards the places: a connection whose giving back failed in foreign code kept its place for good.</summary>
    [Fact]
    public async Task A_listener_that_fails_costs_no_place()
    {
        var isFailing = false;
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "ShopSession.Redis",
            Sample = (ref ActivityCreationOptions<ActivityContext> created) => Volatile.Read(ref isFailing) && created.Name == "UNWATCH" && IsOfThisTest(created.Tags)
                ? throw new InvalidOperationException("A listener of its own.")
                : ActivitySamplingResult.None,
        };
        ActivitySource.AddActivityListener(listener);
        var client = Client(options => options.MaxExclusiveConnections = 1);
        var watch = await client.WatchAsync(["a"], Stop);
        Volatile.Write(ref isFailing, true);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await watch.DisposeAsync());
        Volatile.Write(ref isFailing, false);
        await using var next = await client.WatchAsync(["a"], Stop);

        bool IsOfThisTest(IEnumerable<KeyValuePair<string, object?>>? tags) => tags!.Any(tag => tag is { Key: "server.port", Value: int port } && port == Server.Port);
    }

    /// <summary>Guards against a replica in the place of its master: while the shared connection looked for a server that takes writes, one for a transaction was made to whichever was being tried.</summary>
    [Fact]
    public async Task A_connection_for_a_transaction_leads_to_no_server_that_the_client_has_not_accepted()
    {
        var asked = 0;
        await using var master = new ScriptedServer(static command => command is ["ROLE"] ? "*1\r\n+master\r\n" : null);
        await using var replica = new ScriptedServer(command => command is ["ROLE"] ? Replica() : null);
        var proxy = Own(TcpProxy.Start(master.Port));
        var client = Client(
            options =>
            {
                options.MaxExclusiveConnections = 1;
                options.ReconnectMinimum = options.ReconnectMaximum = TimeSpan.FromMilliseconds(200);
            },
            $"127.0.0.1:{proxy.Port},{replica.ConnectionString},cluster=false");
        await client.PingAsync(Stop);
        var first = await client.WatchAsync(["a"], Stop);
        var second = client.WatchAsync(["a"], Stop).AsTask();
        proxy.Refuse();
        await Poll.UntilAsync(() => Volatile.Read(ref asked) > 0, Limit, "the other server is tried", Stop);
        await first.DisposeAsync();
        await Assert.ThrowsAsync<RedisUnavailableException>(() => second);

        string Replica()
        {
            Interlocked.Increment(ref asked);
            return "*1\r\n+slave\r\n";
        }
    }
}
