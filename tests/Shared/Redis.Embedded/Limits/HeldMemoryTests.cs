using System.Diagnostics;
using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Processes;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Limits;

/// <summary>Memory that clients hold without storing anything: it is bounded, refused with an error, and given back when they leave.</summary>
[Collection(nameof(MemoryCollection))]
public sealed class HeldMemoryTests
{
    private const string OutOfMemory = "OOM command not allowed when used memory > 'maxmemory'.";

    /// <summary>Guards against idle clients that keep the buffer of a large command: forty of them once held 1.3 GB of a store that may use 64 MB.</summary>
    [Fact]
    public async Task A_client_does_not_keep_the_buffer_of_a_large_command()
    {
        await using var process = await EmbeddedProcess.StartWithHeapAsync(600, "--maxmemory", "64mb");
        var clients = new List<RespClient>();
        try
        {
            var command = RespClient.Encode("SET", "k", new string('x', 30_000_000));
            for (var i = 0; i < 40; i++)
            {
                clients.Add(await process.ConnectAsync());
                // The beginning of the next command: there is something to keep.
                await clients[i].WriteRawAsync(command + "*");
                Assert.Equal("OK", (await clients[i].ReadAsync()).Text);
            }
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    /// <summary>Guards against executed commands that are kept as long as their client reads no replies.</summary>
    [Fact]
    public async Task A_client_that_reads_no_replies_does_not_keep_its_commands()
    {
        await using var process = await EmbeddedProcess.StartAsync("--maxmemory", "64mb");
        var clients = new List<RespClient>();
        try
        {
            await using var other = await process.ConnectAsync();
            Assert.Equal("OK", (await other.SendAsync("SET", "reply", new string('x', 4_500_000))).Text);
            var commands = RespClient.Encode("SET", "k", new string('x', 30_000_000)) + RespClient.Encode("GET", "reply") + RespClient.Encode("GET", "reply") + RespClient.Encode("PING");
            for (var i = 0; i < 24; i++)
            {
                clients.Add(await process.ConnectAsync());
                try
                {
                    await clients[i].WriteRawAsync(commands);
                }
                catch (IOException)
                {
                    // What the others hold is what all may hold together: refused in the middle of its command.
                }
            }

            // What nobody holds is given back first: when the collector comes by is not what is asked here.
            await Poll.UntilAsync(
                async () => (await other.SendAsync("MEMORY", "PURGE")).Text == "OK" && WorkingSet(process) < 450,
                TimeSpan.FromSeconds(60), "no more is held than all clients together may hold", TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    /// <summary>Guards against few clients that begin large commands and never end them: once their memory was used up, nobody else could write or send more than four kilobytes.</summary>
    [Theory]
    [InlineData("half a command")]
    [InlineData("a transaction")]
    [InlineData("watched keys")]
    public async Task Who_holds_the_most_has_to_go_and_the_others_are_served(string what)
    {
        var reports = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = 32 * 1024 * 1024, Report = reports.Enqueue }, TestContext.Current.CancellationToken);
        await using var honest = await RespClient.ConnectAsync(server.Port);
        var hoarders = new List<RespClient>();
        var held = what switch
        {
            "half a command" => "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n" + new string('x', 6_000_000),
            "a transaction" => RespClient.Encode("MULTI") + string.Concat(Enumerable.Repeat(RespClient.Encode("GET", new string('x', 1_000_000)), 6)),
            _ => RespClient.Encode(["WATCH", .. Enumerable.Range(0, 600).Select(i => new string('x', 10_000) + Text(i))]),
        };
        try
        {
            for (var i = 0; i < 30; i++)
            {
                hoarders.Add(await RespClient.ConnectAsync(server.Port));
                try
                {
                    await hoarders[i].WriteRawAsync(held);
                }
                catch (IOException)
                {
                    // It holds the most itself.
                }

                Assert.Equal("OK", (await honest.SendAsync("SET", "small", "v")).Text);
                Assert.Equal("OK", (await honest.SendAsync("SET", "large", new string('x', 500_000))).Text);
            }

            // Half a command that grows may be refused itself before it holds the most.
            if (what != "half a command") Assert.Contains(reports, line => line.Contains("the memory of clients is used up and it held the most", StringComparison.Ordinal));
        }
        finally
        {
            foreach (var client in hoarders) await client.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("WATCH")]
    [InlineData("SUBSCRIBE")]
    [InlineData("PSUBSCRIBE")]
    [InlineData("CLIENT", "TRACKING", "ON", "BCAST")]
    public async Task What_is_remembered_for_clients_has_a_limit_and_is_given_back(params string[] command)
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = 80_000_000 }, TestContext.Current.CancellationToken);
        await using (var client = await RespClient.ConnectAsync(server.Port, protocol: 3))
        {
            var isPrefix = command[0] == "CLIENT";
            var accepted = 0;
            while (accepted < 200)
            {
                string[] names = [.. Enumerable.Range(0, 100).Select(i => Text((accepted * 100) + i).PadLeft(6) + new string('n', 10_000))];
                var reply = await AskAsync(client, [.. command, .. isPrefix ? names.SelectMany(n => (string[])["PREFIX", n]) : names]);
                if (reply == OutOfMemory) break;
                accepted++;
            }

            // Ten thousand bytes each, in hundreds: what 80 MB take.
            Assert.InRange(accepted, 70, 80);
            // Reading and what needs no memory goes on.
            Assert.Equal("PONG", await AskAsync(client, ["PING"]));
        }

        await using var next = await RespClient.ConnectAsync(server.Port);
        await Poll.UntilAsync(
            async () => (await next.SendAsync("INFO", "memory")).Text.Contains("used_memory:0\r", StringComparison.Ordinal),
            TimeSpan.FromSeconds(30), "the memory is given back", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Watched_again_listened_to_again_and_given_up_the_memory_is_counted_once()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port, protocol: 3);
        string[][] commands =
        [
            ["WATCH", "a", "a", "b"], ["WATCH", "a"], ["UNWATCH"], ["SUBSCRIBE", "c", "c", "d"], ["SUBSCRIBE", "c"], ["UNSUBSCRIBE", "c", "c", "nothing"], ["UNSUBSCRIBE"], ["PSUBSCRIBE", "p"],
            ["PUNSUBSCRIBE"], ["CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "x"], ["CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "y"], ["CLIENT", "TRACKING", "OFF"],
            ["CLIENT", "TRACKING", "ON", "BCAST"], ["CLIENT", "TRACKING", "ON", "BCAST"], ["CLIENT", "TRACKING", "OFF"],
        ];
        foreach (var command in commands) await AskAsync(client, command);
        Assert.Contains("used_memory:0\r", await AskAsync(client, ["INFO", "memory"]), StringComparison.Ordinal);
    }

    /// <summary>Guards against one command that compares hundreds of thousands of prefixes with one another while everybody waits.</summary>
    [Fact]
    public async Task Prefixes_have_a_limit()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("OK", await AskAsync(client, ["CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "first"]));
        foreach (var (count, reply) in ((int, string)[])[(400_000, "ERR a client cannot have more than 10000 prefixes"), (10_000, "ERR a client cannot have more than 10000 prefixes"), (9_999, "OK")])
            Assert.Equal(reply, await AskAsync(client, ["CLIENT", "TRACKING", "ON", "BCAST", .. Enumerable.Range(0, count).SelectMany(i => (string[])["PREFIX", Text(i).PadLeft(6)])]));
    }

    [Fact]
    public async Task A_name_has_a_limit()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("OK", (await client.SendAsync("CLIENT", "SETNAME", new string('n', 1024))).Text);
        Assert.Equal("ERR Client names cannot be longer than 1024 bytes.", (await client.SendAsync("CLIENT", "SETNAME", new string('n', 1025))).Text);
        Assert.Equal("ERR Client names cannot be longer than 1024 bytes.", (await client.SendAsync("HELLO", "3", "SETNAME", new string('n', 1025))).Text);
        Assert.Equal("ERR lib-name cannot be longer than 1024 bytes.", (await client.SendAsync("CLIENT", "SETINFO", "LIB-NAME", new string('n', 1025))).Text);
    }

    [Fact]
    public async Task Keys_remembered_for_tracking_are_bounded_in_bytes_as_well()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxMemory = 1024 * 1024 }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port, protocol: 3);
        await client.SendAsync("CLIENT", "TRACKING", "ON", "NOLOOP");
        for (var i = 0; i < 300; i++) await client.SendAsync(["EXISTS", .. Enumerable.Range(0, 10).Select(k => Text((i * 10) + k) + new string('k', 10_000))]);
        var kept = int.Parse((await client.SendAsync("INFO", "stats")).Text.Split("tracking_total_keys:")[1].Split('\r')[0], CultureInfo.InvariantCulture);
        // Sixteen megabytes for keys of ten kilobytes; who kept one of the others has been told.
        Assert.InRange(kept, 1500, 1650);
        Assert.Equal(3000 - kept, client.Pushes.Count);
    }

    private static async Task<string> AskAsync(RespClient client, string[] command)
    {
        await client.WriteRawAsync(RespClient.Encode(command) + RespClient.Encode("ECHO", "end"));
        string? first = null;
        while (true)
        {
            var value = await client.ReadAsync();
            if (value.Text == "end") return first ?? "";
            if (!value.IsPush) first = value.Text;
        }
    }

    private static long WorkingSet(EmbeddedProcess process)
    {
        using var found = Process.GetProcessById(process.ProcessId);
        return found.WorkingSet64 / 1_000_000;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
