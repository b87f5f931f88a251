using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Durability;

public sealed class RewriteTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    private string Log => Path.Combine(_directory, "store.log");

    [Fact]
    public async Task A_log_that_has_grown_is_rewritten_by_itself()
    {
        var options = new EmbeddedRedisOptions { Directory = _directory, RewriteMinimumBytes = 100_000 };
        await using (var server = await EmbeddedRedisServer.StartAsync(options, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            for (var i = 0; i < 5000; i++) await client.SendAsync("SET", "k", new string('x', 100));
            // A rewrite that takes long has much to follow; the next one, after the log has doubled again, is short.
            await Poll.UntilAsync(
                async () =>
                {
                    for (var i = 0; i < 50; i++) await client.SendAsync("SET", "k", new string('x', 100));
                    return new FileInfo(Log).Length < 100_000;
                },
                TimeSpan.FromSeconds(60), "the log is short", TestContext.Current.CancellationToken);
            await client.SendAsync("SET", "after", "v");
        }

        await using var again = await EmbeddedRedisServer.StartAsync(options, TestContext.Current.CancellationToken);
        Assert.Equal(2, again.LoadedKeys);
        Assert.False(File.Exists(Log + ".new"));
    }

    /// <summary>Guards against a log that no rewrite ever comes to, since the store is started anew each time before it has doubled.</summary>
    [Fact]
    public async Task A_log_that_grows_over_many_starts_is_rewritten_as_well()
    {
        var options = new EmbeddedRedisOptions { Directory = _directory, RewriteMinimumBytes = 100_000 };
        for (var start = 0; start < 4; start++)
        {
            await using var server = await EmbeddedRedisServer.StartAsync(options with { RewriteMinimumBytes = long.MaxValue }, TestContext.Current.CancellationToken);
            await using var client = await RespClient.ConnectAsync(server.Port);
            for (var i = 0; i < 100; i++) await client.SendAsync("SET", "k", new string('x', 900));
        }

        Assert.InRange(new FileInfo(Log).Length, 360_000, 400_000);
        await using var last = await EmbeddedRedisServer.StartAsync(options, TestContext.Current.CancellationToken);
        await Poll.UntilAsync(() => new FileInfo(Log).Length < 100_000, TimeSpan.FromSeconds(60), "the log is short", TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("SAVE")]
    [InlineData("BGREWRITEAOF")]
    [InlineData("BGSAVE")]
    public async Task Every_type_and_expiry_survives_a_rewrite(string command)
    {
        string[][] commands =
        [
            ["SET", "string", "\0binary\r\n"], ["SET", "expiring", "v", "EX", "1000"], ["HSET", "hash", "f", "v", "g", ""], ["RPUSH", "list", "a", "b", "a"],
            ["SADD", "set", "x", "y"], ["ZADD", "sorted", "1.5", "a", "-inf", "b", "0.1", "c"], ["EXPIRE", "sorted", "1000"], ["SELECT", "3"], ["SET", "elsewhere", "v"], ["SELECT", "0"],
        ];
        string[][] questions =
        [
            ["GET", "string"], ["GET", "expiring"], ["HGETALL", "hash"], ["LRANGE", "list", "0", "-1"], ["SMEMBERS", "set"], ["ZRANGE", "sorted", "0", "-1", "WITHSCORES"],
            ["PEXPIRETIME", "sorted"], ["PEXPIRETIME", "expiring"], ["PEXPIRETIME", "string"], ["SELECT", "3"], ["GET", "elsewhere"],
        ];
        var expected = new List<string>();
        await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            foreach (var line in commands) Assert.False((await client.SendAsync(line)).IsError);
            var before = new FileInfo(Log).Length;
            Assert.False((await client.SendAsync(command)).IsError);
            await Poll.UntilAsync(
                async () => (await client.SendAsync("INFO", "persistence")).Text.Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal),
                TimeSpan.FromSeconds(30), "the rewrite is over", TestContext.Current.CancellationToken);
            Assert.NotEqual(before, new FileInfo(Log).Length);
            foreach (var question in questions) expected.Add((await client.SendAsync(question)).Render(isUnordered: question[0] == "SMEMBERS"));
        }

        await using var again = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
        await using var reader = await RespClient.ConnectAsync(again.Port);
        var actual = new List<string>();
        foreach (var question in questions) actual.Add((await reader.SendAsync(question)).Render(isUnordered: question[0] == "SMEMBERS"));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task A_rewrite_asked_for_in_the_middle_of_a_transaction_doubles_nothing()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            foreach (var command in (string[][])[["MULTI"], ["INCR", "n"], ["RPUSH", "l", "a"], ["BGREWRITEAOF"], ["EXEC"]]) await client.SendAsync(command);
            await Poll.UntilAsync(
                async () => (await client.SendAsync("INFO", "persistence")).Text.Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal),
                TimeSpan.FromSeconds(30), "the rewrite is over", TestContext.Current.CancellationToken);
            await client.SendAsync("MULTI");
            Assert.Equal("ERR Command not allowed inside a transaction", (await client.SendAsync("SAVE")).Text);
        }

        await using var again = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
        await using var reader = await RespClient.ConnectAsync(again.Port);
        Assert.Equal("*[$a]", (await reader.SendAsync("LRANGE", "l", "0", "-1")).ToString());
        Assert.Equal("1", (await reader.SendAsync("GET", "n")).Text);
    }

    [Fact]
    public async Task Writes_during_a_rewrite_are_in_the_new_log()
    {
        const int Keys = 20_000;
        await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            for (var i = 0; i < Keys; i += 500)
            {
                await client.WriteRawAsync(string.Concat(Enumerable.Range(i, 500).Select(k => k % 2 == 0 ? RespClient.Encode("HSET", "h" + Text(k), "n", "1", "pad", "some more bytes") : RespClient.Encode("RPUSH", "l" + Text(k), "x"))));
                for (var reply = 0; reply < 500; reply++) await client.ReadReplyAsync();
            }

            var random = new Random(7);
            for (var round = 0; round < 5; round++)
            {
                // The effects are counted: one lost or doubled in either log shows.
                await client.SendAsync("BGREWRITEAOF");
                for (var i = 0; i < 200; i++)
                {
                    var key = Name(random.Next(Keys));
                    await client.SendAsync(key[0] == 'h' ? ["HINCRBY", key, "n", "1"] : ["RPUSH", key, "x"]);
                    if (i % 50 == 0) await client.SendAsync("RENAME", key, key[0] + "moved" + Text((round * 1000) + i));
                    if (i % 70 == 0) await client.SendAsync("DEL", Name(random.Next(Keys)));
                }
            }

            await client.SendAsync("SET", "sum", Text(await SumAsync(client)));
            await Poll.UntilAsync(
                async () => (await client.SendAsync("INFO", "persistence")).Text.Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal),
                TimeSpan.FromSeconds(30), "the rewrite is over", TestContext.Current.CancellationToken);
        }

        await using var again = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
        await using var reader = await RespClient.ConnectAsync(again.Port);
        Assert.Equal((await reader.SendAsync("GET", "sum")).Text, Text(await SumAsync(reader)));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Name(int number) => (number % 2 == 0 ? "h" : "l") + Text(number);

    private static async Task<int> SumAsync(RespClient client)
    {
        var sum = 0;
        var keys = (await client.SendAsync("KEYS", "*")).Items.Select(k => k.Text).Where(k => k != "sum").ToList();
        await client.WriteRawAsync(string.Concat(keys.Select(k => k[0] == 'h' ? RespClient.Encode("HGET", k, "n") : RespClient.Encode("LLEN", k))));
        foreach (var _ in keys) sum += int.Parse((await client.ReadReplyAsync()).Text, CultureInfo.InvariantCulture);
        return sum;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
