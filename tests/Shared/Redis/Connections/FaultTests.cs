using System.Diagnostics;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Connections;

/// <summary>Time limits are tried here, so nothing else of this project runs meanwhile.</summary>
[CollectionDefinition(nameof(FaultTests), DisableParallelization = true)]
public sealed class FaultCollection;

[Collection(nameof(FaultTests))]
public sealed class FaultTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { AppendOnly = true, Arguments = ["--appendfsync", "always"] };

    [Fact]
    public async Task A_client_made_while_the_server_is_down_fails_fast_and_becomes_ready_later()
    {
        await Server.KillAsync();
        var client = Client();
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.ExecuteAsync(Get("a"), Stop));
        var started = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<RedisUnavailableException>(async () => await client.ExecuteAsync(Get("a"), Stop));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5), "a known outage must not be waited for");
        await Server.RestartAsync(Stop);
        await ConnectedAsync(client);
        Assert.True((await client.ExecuteAsync(Get("a"), Stop)).IsNull);
    }

    [Fact]
    public async Task After_a_broken_connection_the_next_command_goes_over_a_new_one()
    {
        var (client, proxy) = ClientThroughProxy();
        for (var i = 0; i < 5; i++)
        {
            await client.ExecuteAsync(Set("a", "1"), Stop);
            await LostAsync(client, proxy, proxy.Reset);
        }

        Assert.Equal("1", (await client.ExecuteAsync(Get("a"), Stop)).AsString());
    }

    [Fact]
    public async Task A_command_on_its_way_when_the_connection_breaks_has_an_unknown_outcome()
    {
        var (client, proxy) = ClientThroughProxy();
        await client.ExecuteAsync(Set("a", "1"), Stop);
        proxy.BlackHole(toServer: false);
        var increment = client.ExecuteAsync(new RedisCommand("INCR", (RedisKey)"a"), Stop).AsTask();
        await Poll.UntilAsync(async () => await Server.SendAsync("GET", "a") == "2", Limit, "the command was executed", Stop);
        proxy.Reset();
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(() => increment);
        proxy.Pass();
        Assert.Equal(2, (await client.ExecuteAsync(Get("a"), Stop)).AsInt64());
    }

    [Fact]
    public async Task A_silent_half_open_connection_is_noticed_within_two_seconds()
    {
        var (client, proxy) = ClientThroughProxy(options =>
        {
            options.CommandTimeout = TimeSpan.FromMinutes(1);
            options.ConnectTimeout = TimeSpan.FromSeconds(1);
        });
        await client.ExecuteAsync(new RedisCommand("PING"), Stop);
        proxy.BlackHole();
        var started = Stopwatch.GetTimestamp();
        await ConnectedAsync(client, connected: false);
        var noticed = Stopwatch.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper!.WriteLine($"noticed after {noticed.TotalMilliseconds:0} ms");
        // The promise is 2 s; the rest is for a starved machine. Without the heartbeat only the command's limit of a minute would tell.
        Assert.InRange(noticed, TimeSpan.FromMilliseconds(900), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_time_limit_ends_the_wait_and_the_late_reply_reaches_nobody_else()
    {
        var client = Client(options =>
        {
            options.CommandTimeout = TimeSpan.FromMilliseconds(300);
            options.HeartbeatTimeout = TimeSpan.FromSeconds(30);
        });
        await Poll.UntilAsync(() => EchoesAsync("before"), Limit, "the client works", Stop);
        Server.Pause();
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<RedisOutcomeUnknownException>(async () => await client.ExecuteAsync(new RedisCommand("ECHO", "late"), Stop));
        Server.Resume();
        await Poll.UntilAsync(() => EchoesAsync("now"), Limit, "the client works again", Stop);
        var answered = 0;
        for (var i = 0; i < 100; i++) answered += await EchoesAsync($"{i}") ? 1 : 0;
        Assert.True(answered > 50, $"only {answered} of 100 commands were answered after the pause");

        // A busy machine may let a command run out of its 300 ms; what no machine may do is hand it another one's reply.
        async Task<bool> EchoesAsync(string text)
        {
            try
            {
                Assert.Equal(text, (await client.ExecuteAsync(new RedisCommand("ECHO", text), Stop)).AsString());
                return true;
            }
            catch (RedisOutcomeUnknownException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Cancelled_commands_never_shift_the_replies_of_others()
    {
        var client = Client();
        await client.ExecuteAsync(new RedisCommand("PING"), Stop);
        var cancelled = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                using var source = CancellationTokenSource.CreateLinkedTokenSource(Stop);
                var text = $"{caller}-{i}";
                var echo = client.ExecuteAsync(new RedisCommand("ECHO", text), source.Token);
                if (i % 2 == 0) await source.CancelAsync();
                try
                {
                    Assert.Equal(text, (await echo).AsString());
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
        })));
        Assert.True(cancelled > 0, "no command was cancelled in time: nothing was tried");
        await using var raw = await Server.ConnectAsync(Stop);
        Assert.Contains("connected_clients:2", await raw.SendAsync(["INFO", "clients"], Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_gathered_but_not_sent_when_the_connection_breaks_are_sent_over_the_next_one()
    {
        var (client, proxy, plug) = await PluggedAsync();
        var gathered = Enumerable.Range(0, 50).Select(_ => client.ExecuteAsync(new RedisCommand("INCR", (RedisKey)"n"), Stop).AsTask()).ToArray();
        proxy.Reset();
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(() => plug);
        proxy.Pass();
        await Task.WhenAll(gathered);
        Assert.Equal("50", await Server.SendAsync("GET", "n"));
    }

    /// <summary>
    /// Guards against bytes of another owner in the store: a command that had not been sent when the connection broke was written again out of its caller's memory, after the caller had
    /// given up and used that for something else.
    /// </summary>
    [Fact]
    public async Task A_command_that_was_given_up_is_not_sent_later_with_what_its_memory_holds_by_then()
    {
        var (client, proxy, plug) = await PluggedAsync();
        using var source = new CancellationTokenSource();
        var memory = "mine"u8.ToArray();
        var given = Enumerable.Range(0, 50).Select(i => client.SetAsync($"given:{i}", memory, cancellationToken: i % 2 == 0 ? source.Token : Stop).AsTask()).ToArray();
        proxy.Reset();
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(() => plug);
        await source.CancelAsync();
        for (var i = 0; i < given.Length; i += 2) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given[i]);
        "EVIL"u8.CopyTo(memory);
        proxy.Pass();
        for (var i = 1; i < given.Length; i += 2) await given[i];
        await client.PingAsync(Stop);
        for (var i = 0; i < given.Length; i++) Assert.NotEqual("EVIL", await Server.SendAsync("GET", $"given:{i}"));
        // Who did not give up has given its memory away only for as long as the call lasted, too.
        Assert.Equal("mine", await Server.SendAsync("GET", "given:1"));
    }

    [Fact]
    public async Task Commands_that_are_sent_again_keep_their_order()
    {
        var (client, proxy, plug) = await PluggedAsync();
        var pushes = Enumerable.Range(0, 200).Select(i => client.ExecuteAsync("RPUSH", [(RedisKey)"list", (long)i], Stop).AsTask()).ToArray();
        proxy.Reset();
        await Assert.ThrowsAsync<RedisOutcomeUnknownException>(() => plug);
        proxy.Pass();
        await Task.WhenAll(pushes);
        var list = await client.ExecuteAsync("LRANGE", [(RedisKey)"list", 0L, -1L], Stop);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), list.Items.Select(item => item.AsInt64()));
    }

    /// <summary>Guards against cutting a peer off that is only slow: nothing comes back before all of a large value has gone out.</summary>
    [Fact]
    public async Task A_large_value_on_a_slow_line_is_not_taken_for_silence()
    {
        var (client, proxy) = ClientThroughProxy(options =>
        {
            options.HeartbeatTimeout = TimeSpan.FromSeconds(1);
            options.CommandTimeout = TimeSpan.FromMinutes(1);
        });
        await client.PingAsync(Stop);
        proxy.Slow(TimeSpan.FromMilliseconds(2));
        await ReconnectedAsync(client, proxy, proxy.Reset);
        var accepted = proxy.AcceptedConnections;
        var value = new byte[24_000_000];
        await client.SetAsync("large", value, cancellationToken: Stop);
        Assert.Equal((accepted, "24000000"), (proxy.AcceptedConnections, await Server.SendAsync("STRLEN", "large")));
    }

    [Fact]
    public async Task Garbage_from_the_server_ends_the_connection_and_mixes_nothing_up()
    {
        var (client, proxy) = ClientThroughProxy();
        await client.ExecuteAsync(new RedisCommand("PING"), Stop);
        proxy.Corrupt(interval: 50);
        var wrong = 0;
        for (var i = 0; i < 50; i++)
        {
            var text = $"value-{i}";
            try
            {
                // A flipped byte inside a value cannot be told; another caller's value can.
                var reply = (await client.ExecuteAsync(new RedisCommand("ECHO", text), Stop)).AsString()!;
                if (reply.Length != text.Length) wrong++;
            }
            catch (RedisException)
            {
                // Refused, as it should be.
            }
        }

        Assert.Equal(0, wrong);
        proxy.Pass();
        proxy.Reset();
        await Poll.UntilAsync(() => client.IsConnected, Limit, "the client is connected again", Stop);
    }

    [Fact]
    public async Task A_killed_server_that_comes_back_is_found_without_a_restart_and_counts_are_right()
    {
        var client = Client(options => options.CommandTimeout = TimeSpan.FromSeconds(3));
        var (acknowledged, unknown) = (0, 0);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    await client.ExecuteAsync(new RedisCommand("INCR", (RedisKey)"n"), CancellationToken.None);
                    Interlocked.Increment(ref acknowledged);
                }
                catch (RedisOutcomeUnknownException)
                {
                    Interlocked.Increment(ref unknown);
                }
                catch (RedisUnavailableException)
                {
                    await Task.Delay(20, CancellationToken.None);
                }
            }
        })).ToArray();
        for (var i = 0; i < 3; i++)
        {
            var before = Volatile.Read(ref acknowledged);
            await Poll.UntilAsync(() => Volatile.Read(ref acknowledged) > before + 50, Limit, "writes go through", Stop);
            await Server.RestartAsync(Stop);
        }

        var last = Volatile.Read(ref acknowledged);
        await Poll.UntilAsync(() => Volatile.Read(ref acknowledged) > last + 50, Limit, "writes go through after the last restart", Stop);
        await enough.CancelAsync();
        await Task.WhenAll(writers);
        var stored = int.Parse(await Server.SendAsync("GET", "n"), System.Globalization.CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper!.WriteLine($"acknowledged {acknowledged}, unknown {unknown}, stored {stored}");
        Assert.InRange(stored, acknowledged, acknowledged + unknown);
    }

    // The server takes nothing in, so commands gather behind a write that does not end.
    private async Task<(RedisClient Client, TcpProxy Proxy, Task Plug)> PluggedAsync()
    {
        var (client, proxy) = ClientThroughProxy(options =>
        {
            options.MaxUnsentBytes = 64 * 1024 * 1024;
            options.HeartbeatTimeout = TimeSpan.FromMinutes(1);
        });
        await client.PingAsync(Stop);
        proxy.BlackHole();
        return (client, proxy, client.SetAsync("plug", new byte[32_000_000], cancellationToken: Stop).AsTask());
    }
}
