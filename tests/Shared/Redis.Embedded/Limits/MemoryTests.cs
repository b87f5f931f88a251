using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Processes;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Limits;

[Collection(nameof(MemoryCollection))]
public sealed class MemoryTests
{
    private const string OutOfMemory = "OOM command not allowed when used memory > 'maxmemory'.";

    [Fact]
    public async Task When_memory_is_used_up_writing_is_refused_and_deleting_helps()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = 2 * 1024 * 1024 }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        var written = 0;
        while (!(await client.SendAsync("SET", "k" + Text(written), new string('x', 10_000))).IsError) written++;
        Assert.InRange(written, 150, 210);
        // A command counts itself as well: a short one may still have room.
        await FillAsync(client);
        foreach (var command in (string[][])[["SET", "k", "v"], ["HSET", "h", "f", "v"], ["LPUSH", "l", "v"], ["SADD", "s", "v"], ["ZADD", "z", "1", "v"], ["INCR", "n"], ["APPEND", "k0", "v"], ["SETRANGE", "k0", "1", "v"]])
            Assert.Equal(OutOfMemory, (await client.SendAsync(command)).Text);

        // Reading, expiring and deleting go on.
        Assert.Equal(10_000, (await client.SendAsync("GET", "k0")).Text.Length);
        Assert.Equal("1", (await client.SendAsync("EXPIRE", "k1", "100")).Text);
        Assert.Equal("10", (await client.SendAsync(["DEL", .. Enumerable.Range(0, 10).Select(i => "k" + Text(i))])).Text);
        Assert.Equal("OK", (await client.SendAsync("SET", "k", "v")).Text);
    }

    [Fact]
    public async Task A_transaction_that_needs_memory_is_refused_as_a_whole()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = 1024 * 1024 }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("OK", (await client.SendAsync("SET", "big", new string('x', 500_000))).Text);
        await FillAsync(client);
        await client.SendAsync("MULTI");
        Assert.Equal(OutOfMemory, (await client.SendAsync("SET", "k", "v")).Text);
        Assert.Equal("EXECABORT Transaction discarded because of previous errors.", (await client.SendAsync("EXEC")).Text);
        Assert.Equal("0", (await client.SendAsync("EXISTS", "k")).Text);
    }

    /// <summary>Guards against a transaction that was queued while there was room and brings the store beyond its limit when it is executed.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_transaction_whose_memory_has_run_out_since_it_was_queued_is_refused_as_in_Redis(int protocol)
    {
        await using var pair = await Differential.DifferentialPair.StartAsync(protocol);
        string[] script =
        [
            "a SET kept 1", "a SET a 1", "a WATCH a", "a MULTI", "a SET k v", "b CONFIG SET maxmemory 1", "a EXEC", "b CONFIG SET maxmemory 100000000", "a EXISTS k", "a EXEC", "a SET a 2",
            "a MULTI", "a GET a", "a DEL a", "b CONFIG SET maxmemory 1", "a EXEC",
            "a MULTI", "a PING", "a WATCH a", "a EXEC", "a MULTI", "a DISCARD", "b CONFIG SET maxmemory 100000000",
            "a MULTI", "a SET k v", "a EXEC now", "a EXEC", "a DISCARD", "a EXISTS k",
        ];
        foreach (var line in script) await pair.RunAsync(line[..1], line[2..].Split(' '));
        pair.AssertSame();
    }

    [Fact]
    public async Task A_short_command_cannot_make_a_long_value_beyond_the_limit()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = 4 * 1024 * 1024 }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        Assert.Equal(OutOfMemory, (await client.SendAsync("SETRANGE", "k", "400000000", "x")).Text);
        await client.SendAsync("SET", "a", new string('x', 2_500_000));
        Assert.Equal(OutOfMemory, (await client.SendAsync("COPY", "a", "b")).Text);
        Assert.Equal("1", (await client.SendAsync("DBSIZE")).Text);
    }

    /// <summary>Guards against items whose bytes fit and which take many times as much: a limit that one command can pass by half is none.</summary>
    [Theory]
    [InlineData("SADD", 1)]
    [InlineData("MSET", 2)]
    [InlineData("HSET", 2)]
    [InlineData("ZADD", 2)]
    public async Task A_command_of_many_short_items_does_not_pass_the_limit(string command, int argumentsPerItem)
    {
        const int Maximum = 2 * 1024 * 1024;
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = Maximum }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        var (refused, item) = (0, 0);
        for (var count = 16_384; count > 0; count /= 2)
        {
            var items = Enumerable.Range(item, count).SelectMany(i => argumentsPerItem == 1 ? (string[])[Text(i)] : [Text(i), Text(i)]);
            string[] key = command == "MSET" ? [] : ["k"];
            if ((await client.SendAsync([command, .. key, .. items])).IsError) refused++;
            else item += count;
            Assert.InRange(await DataAsync(client), 0, Maximum + 2048);
        }

        Assert.InRange(refused, 1, 14);
        Assert.InRange(await DataAsync(client), Maximum / 4, Maximum + 2048);
    }

    /// <summary>Guards against room for later appends that is taken where there is none.</summary>
    [Theory]
    [InlineData("APPEND", "k", "x")]
    [InlineData("SETRANGE", "k", "1500000", "x")]
    public async Task A_value_that_grows_takes_room_ahead_only_where_there_is_some(params string[] command)
    {
        const int Maximum = 2 * 1024 * 1024;
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = Maximum }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("OK", (await client.SendAsync("SET", "k", new string('x', 1_500_000))).Text);
        Assert.Equal("1500001", (await client.SendAsync(command)).Text);
        Assert.InRange(await DataAsync(client), 0, Maximum);
    }

    [Fact]
    public async Task What_is_added_and_removed_leaves_no_trace_in_the_count()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        var commands = new Differential.RandomCommands(99);
        for (var i = 0; i < 3000; i++)
        {
            var command = commands.Next();
            if (command[0] is not ("MULTI" or "WATCH") && !Array.Exists(command, a => a.StartsWith('{'))) await client.SendAsync(command);
        }

        foreach (var key in (await client.SendAsync("KEYS", "*")).Items) await client.SendAsync("DEL", key.Text);
        Assert.Contains("used_memory_dataset:0\r", (await client.SendAsync("INFO", "memory")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promises_of_large_arguments_cost_nothing_and_unfinished_ones_are_bounded_together()
    {
        // 50 promises of half a gigabyte are only worth the few bytes that came, or the process would end. In the tests' own process others take memory meanwhile.
        await using var server = await EmbeddedProcess.StartWithHeapAsync(600, "--maxmemory", "1mb");
        var clients = new List<RespClient>();
        try
        {
            for (var i = 0; i < 50; i++)
            {
                clients.Add(await RespClient.ConnectAsync(server.Port));
                await clients[i].WriteRawAsync("*2\r\n$3\r\nGET\r\n$536870912\r\nabc");
            }

            // The budget is at least 64 MB over all clients: eight times ten do not fit.
            var chunk = new string('x', 10 * 1024 * 1024);
            var closed = 0;
            for (var i = 0; i < 8; i++)
            {
                try
                {
                    await clients[i].WriteRawAsync(chunk);
                }
                catch (IOException)
                {
                    closed++;
                }
            }

            await Poll.UntilAsync(
                async () =>
                {
                    await using var other = await RespClient.ConnectAsync(server.Port);
                    return (await other.SendAsync("INFO", "clients")).Text.Contains("connected_clients:51", StringComparison.Ordinal) is false;
                },
                TimeSpan.FromSeconds(30), "a client was disconnected", TestContext.Current.CancellationToken);
            Assert.InRange(closed, 0, 3);
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_subscriber_that_does_not_read_is_disconnected()
    {
        var reports = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var server = await EmbeddedRedisServer.StartAsync(new() { PushLimitBytes = 1024 * 1024, Report = reports.Enqueue }, TestContext.Current.CancellationToken);
        await using var slow = await RespClient.ConnectAsync(server.Port);
        await using var publisher = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("subscribe", (await slow.SendAsync("SUBSCRIBE", "c")).Items[0].Text);
        var message = new string('x', 100_000);
        await Poll.UntilAsync(
            async () => (await publisher.SendAsync("PUBLISH", "c", message)).Text == "0",
            TimeSpan.FromSeconds(60), "the slow subscriber is gone", TestContext.Current.CancellationToken);
        await Poll.UntilAsync(() => reports.Any(r => r.Contains("messages beyond the limit", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), "why is told", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Replies_that_nobody_reads_are_bounded_over_all_clients()
    {
        var reports = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = 16 * 1024 * 1024, Report = reports.Enqueue }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        await client.SendAsync("SET", "big", new string('x', 7_000_000));
        var lazy = new List<RespClient>();
        try
        {
            // Each asks for 14 MB and reads none of it; together they may have 64.
            for (var i = 0; i < 12; i++)
            {
                lazy.Add(await RespClient.ConnectAsync(server.Port));
                await lazy[i].WriteRawAsync(RespClient.Encode("GET", "big") + RespClient.Encode("GET", "big"));
            }

            await Poll.UntilAsync(() => reports.Any(r => r.Contains("replies that nobody reads", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), "a client was disconnected", TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (var one in lazy) await one.DisposeAsync();
        }

        await Poll.UntilAsync(async () => (await client.SendAsync("STRLEN", "big")).Text == "7000000", TimeSpan.FromSeconds(30), "others are served", TestContext.Current.CancellationToken);
    }

    /// <summary>Guards against those who do not read what they asked for leaving no room for the replies of others: who came last was disconnected.</summary>
    [Fact]
    public async Task Who_does_not_read_replies_has_to_go_before_others_who_do()
    {
        // The least that replies may take, over all clients.
        const int Limit = 64 * 1024 * 1024;
        const int Big = 7_000_000;
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = 20 * 1024 * 1024 }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        await client.SendAsync("SET", "big", new string('x', Big));
        await client.SendAsync("SET", "small", new string('x', 10_000));
        var lazy = new List<RespClient>();
        try
        {
            long waiting;
            while ((waiting = await WaitingAsync(client)) < Limit - Big)
            {
                lazy.Add(await RespClient.ConnectAsync(server.Port));
                await lazy[^1].WriteAsync("GET", "big");
            }

            // All but a few bytes of what is left.
            await client.SendAsync("SETRANGE", "rest", Text((int)(Limit - waiting) - 1000), "x");
            await lazy[0].WriteAsync("GET", "rest");
            await WaitingAsync(client);
            for (var i = 0; i < 5; i++) Assert.Equal(10_000, (await client.SendAsync("GET", "small")).Text.Length);
            await Poll.UntilAsync(
                async () => (await client.SendAsync("INFO", "clients")).Text.Contains($"connected_clients:{lazy.Count}\r", StringComparison.Ordinal),
                TimeSpan.FromSeconds(30), "one of them is disconnected", TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (var one in lazy) await one.DisposeAsync();
        }
    }

    [Fact]
    public async Task Keys_remembered_for_tracking_are_bounded_and_the_forgotten_ones_are_announced()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port, 3);
        Assert.Equal("OK", (await client.SendAsync("CONFIG", "SET", "tracking-table-max-keys", "100")).Text);
        await client.SendAsync("CLIENT", "TRACKING", "ON");
        for (var i = 0; i < 150; i++) await client.SendAsync("GET", "k" + Text(i));
        Assert.Contains("tracking_total_keys:100\r", (await client.SendAsync("INFO", "stats")).Text, StringComparison.Ordinal);
        Assert.Equal(50, client.Pushes.Count);
    }

    /// <summary>Bytes of replies that wait, when the sockets take no more of them.</summary>
    private static async Task<long> WaitingAsync(RespClient client)
    {
        var (before, now) = (-1L, 0L);
        while (now != before)
        {
            before = now;
            await Task.Delay(100, TestContext.Current.CancellationToken);
            now = (await client.SendAsync("CLIENT", "LIST")).Text.Split(' ').Where(word => word.StartsWith("omem=", StringComparison.Ordinal)).Sum(word => long.Parse(word["omem=".Length..], CultureInfo.InvariantCulture));
        }

        return now;
    }

    private static async Task<long> DataAsync(RespClient client)
    {
        const string Name = "used_memory_dataset:";
        var line = (await client.SendAsync("INFO", "memory")).Text.Split("\r\n").Single(l => l.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
    }

    private static async Task FillAsync(RespClient client)
    {
        for (var i = 0; !(await client.SendAsync("SET", "fill" + Text(i), new string('x', 1000))).IsError; i++) Assert.True(i < 2000, "nothing is refused");
        for (var i = 0; !(await client.SendAsync("SET", "small" + Text(i), "x")).IsError; i++) Assert.True(i < 200, "nothing is refused");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
