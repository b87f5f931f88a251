using ShopSession.Testing;
using System.Text;

namespace ShopSession.Redis.Tests.Commands;

/// <summary>
/// Guards the connection that all callers share: a command without a reply of its own (SUBSCRIBE, CLIENT REPLY) shifted the replies of all later ones by one place, so that callers got one
/// another's data; MULTI and SELECT drew other callers' commands into a transaction, and a database, that were not theirs.
/// </summary>
public sealed class SharedConnectionTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { IsReal = true };

    public static TheoryData<string> Refused =>
    [
        "SUBSCRIBE news", "subscribe news", "PSUBSCRIBE n*", "SSUBSCRIBE news", "UNSUBSCRIBE news", "MULTI", "EXEC", "DISCARD", "WATCH a", "UNWATCH", "SELECT 1", "AUTH x", "HELLO 2", "RESET", "QUIT",
        "ASKING", "READONLY", "READWRITE", "MONITOR", "SYNC", "PSYNC ? -1", "CLIENT REPLY OFF", "client reply skip", "CLIENT TRACKING OFF", "CLIENT CACHING YES", "BLPOP list 0", "BZPOPMIN set 0",
        "BLMOVE a b LEFT LEFT 0", "WAIT 1 1000", "XREAD COUNT 1 BLOCK 0 STREAMS s $", "XREADGROUP GROUP g c BLOCK 5 STREAMS s >",
        "XREADGROUP GROUP streams c BLOCK 5 STREAMS s >",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_would_break_the_connection_for_others_is_refused_before_it_is_sent(string line)
    {
        var client = Client();
        var words = line.Split(' ');
        RedisArgument[] arguments = [.. words.Skip(1).Select(word => (RedisArgument)word)];
        var ways = new Func<Task>[]
        {
            async () => await client.ExecuteAsync(new RedisCommand(words[0], arguments), Stop),
            async () => await client.ExecuteAsync(words[0], arguments, Stop),
            async () => await client.ExecuteAsync(new RedisPipeline().Add("PING").Add(words[0], arguments), Stop),
            async () => await client.ExecuteAsync(new RedisTransaction().Add(words[0], arguments), Stop),
            async () => await client.ExecuteReplicatedAsync(new RedisTransaction().Add(words[0], arguments), 1, TimeSpan.FromSeconds(1), Stop),
            async () => await client.NearCache.ReadAndKeepAsync("k", [(RedisKey)"k"], new RedisPipeline().Add(words[0], arguments), static _ => "", Stop),
            async () => await client.NearCache.WriteAndKeepAsync("k", [(RedisKey)"k"], new RedisTransaction().Add(words[0], arguments), static _ => "", Stop),
        };
        foreach (var way in ways)
        {
            var e = await Assert.ThrowsAsync<NotSupportedException>(way);
            Assert.StartsWith(words[0].ToUpperInvariant(), e.Message, StringComparison.Ordinal);
            Assert.Contains("was not sent", e.Message, StringComparison.Ordinal);
        }

        // Each caller still gets its own reply, from its own database and at once.
        var echoes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.ExecuteAsync(new RedisCommand("ECHO", $"{i}"), Stop).AsTask()));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), echoes.Select(reply => reply.AsString()));
        await client.SetAsync("a", "1", cancellationToken: Stop);
        Assert.Equal("1", await Server.SendAsync("GET", "a"));
    }

    [Theory]
    [InlineData("SUBSCRIBE", "SubscribeAsync")]
    [InlineData("PSUBSCRIBE", "SubscribePatternAsync")]
    [InlineData("SSUBSCRIBE", "PUBLISH")]
    [InlineData("MULTI", "RedisTransaction")]
    [InlineData("WATCH", "WatchAsync")]
    [InlineData("SELECT", "defaultDatabase")]
    [InlineData("WAIT", "ExecuteReplicatedAsync")]
    [InlineData("BLPOP", "does not block")]
    public void The_refusal_names_what_to_use(string command, string instead) => Assert.Contains(
        instead, Assert.Throws<NotSupportedException>(() => RedisSharedConnection.Require(new RedisCommand(command))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("CLIENT ID")]
    [InlineData("CLIENT SETNAME REPLY")]
    [InlineData("XREAD COUNT 1 STREAMS BLOCK 0")]
    [InlineData("ECHO SUBSCRIBE")]
    public async Task What_only_looks_like_it_is_sent(string line)
    {
        var client = Client();
        var words = line.Split(' ');
        // As bytes too: words are told apart whatever they are made of.
        await client.ExecuteAsync(new RedisCommand(words[0], [.. words.Skip(1).Select(word => (RedisArgument)Encoding.ASCII.GetBytes(word))]), Stop);
        await client.ExecuteAsync(words[0], [.. words.Skip(1).Select(word => (RedisArgument)word)], Stop);
    }

    [Fact]
    public void Words_made_of_bytes_are_recognised_too() =>
        Assert.Throws<NotSupportedException>(() => RedisSharedConnection.Require(new RedisCommand("CLIENT", "reply"u8.ToArray(), "OFF"u8.ToArray())));

    [Fact]
    public async Task A_connection_that_watches_may_block_but_is_given_back_as_it_was()
    {
        var client = Client();
        await using var watch = await client.WatchAsync(["a"], Stop);
        Assert.True((await watch.ExecuteAsync(new RedisCommand("BLPOP", (RedisKey)"list", "0.01"), Stop)).IsNull);
        foreach (var name in new[] { "MULTI", "UNWATCH", "SUBSCRIBE", "SELECT" })
            await Assert.ThrowsAsync<NotSupportedException>(async () => await watch.ExecuteAsync(new RedisCommand(name), Stop));
        Assert.NotNull(await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"a", "1"), Stop));
    }
}
