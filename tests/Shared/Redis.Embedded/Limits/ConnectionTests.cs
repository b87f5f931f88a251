using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Limits;

public sealed class ConnectionTests
{
    [Fact]
    public async Task One_connection_too_many_is_refused_with_the_reason()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxClients = 2 }, TestContext.Current.CancellationToken);
        await using var first = await RespClient.ConnectAsync(server.Port);
        await first.SendAsync("PING");
        await using (var second = await RespClient.ConnectAsync(server.Port))
        {
            await second.SendAsync("PING");
            await using var third = await RespClient.ConnectAsync(server.Port);
            Assert.Equal("ERR max number of clients reached", (await third.ReadAsync()).Text);
        }

        await Poll.UntilAsync(
            async () =>
            {
                await using var next = await RespClient.ConnectAsync(server.Port);
                try
                {
                    return (await next.SendAsync("PING")).Text == "PONG";
                }
                catch (Exception e) when (e is IOException or EndOfStreamException)
                {
                    // Refused, and cut before the reason arrived.
                    return false;
                }
            },
            TimeSpan.FromSeconds(30), "there is room again", TestContext.Current.CancellationToken);
    }

    /// <summary>Guards against a password that is changed while it is taken, so that nobody can give it.</summary>
    [Fact]
    public async Task A_password_that_is_no_text_is_refused_and_any_other_lets_in_who_gives_it()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        Assert.StartsWith("ERR CONFIG SET failed", (await client.SendAsync("CONFIG", "SET", "requirepass", "\xff\xfe")).Text, StringComparison.Ordinal);
        // The umlaut as the two bytes of UTF-8.
        const string Password = "gr\xc3\xbcn";
        Assert.Equal("OK", (await client.SendAsync("CONFIG", "SET", "requirepass", Password)).Text);
        await using var other = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("NOAUTH Authentication required.", (await other.SendAsync("PING")).Text);
        Assert.Equal("OK", (await other.SendAsync("AUTH", Password)).Text);
    }

    [Fact]
    public async Task Before_the_password_only_small_commands_and_only_those_of_the_greeting_are_taken()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { Password = "secret" }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        foreach (var command in (string[][])[["PING"], ["GET", "k"], ["CLIENT", "ID"], ["SHUTDOWN"], ["SUBSCRIBE", "c"], ["MULTI"]])
            Assert.Equal("NOAUTH Authentication required.", (await client.SendAsync(command)).Text);
        Assert.StartsWith("NOAUTH HELLO must be called", (await client.SendAsync("HELLO", "3")).Text, StringComparison.Ordinal);
        Assert.Equal("WRONGPASS invalid username-password pair or user is disabled.", (await client.SendAsync("AUTH", "wrong")).Text);
        Assert.Equal("WRONGPASS invalid username-password pair or user is disabled.", (await client.SendAsync("AUTH", "nobody", "secret")).Text);
        Assert.Equal("WRONGPASS invalid username-password pair or user is disabled.", (await client.SendAsync("HELLO", "3", "AUTH", "default", "wrong")).Text);

        await using var large = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("ERR Protocol error: unauthenticated bulk length", (await large.SendAsync("AUTH", new string('x', 20_000))).Text);
        await using var many = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("ERR Protocol error: unauthenticated multibulk length", (await many.SendAsync([.. Enumerable.Repeat("AUTH", 11)])).Text);

        Assert.Equal('%', (await client.SendAsync("HELLO", "3", "AUTH", "default", "secret", "SETNAME", "me")).Kind);
        Assert.Equal("me", (await client.SendAsync("CLIENT", "GETNAME")).Text);
        Assert.Equal("OK", (await client.SendAsync("SET", "k", new string('x', 100_000))).Text);
        Assert.Equal("RESET", (await client.SendAsync("RESET")).Text);
        Assert.Equal("NOAUTH Authentication required.", (await client.SendAsync("GET", "k")).Text);
    }

    [Fact]
    public async Task Authentication_and_a_large_command_may_come_together()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { Password = "secret" }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        await client.WriteRawAsync(RespClient.Encode("AUTH", "secret") + RespClient.Encode("SET", "k", new string('x', 100_000)) + RespClient.Encode("STRLEN", "k"));
        Assert.Equal("OK", (await client.ReadAsync()).Text);
        Assert.Equal("OK", (await client.ReadAsync()).Text);
        Assert.Equal("100000", (await client.ReadAsync()).Text);
    }

    [Fact]
    public async Task Replies_can_be_switched_off_and_skipped()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        await client.WriteAsync("CLIENT", "REPLY", "SKIP");
        await client.WriteAsync("SET", "skipped", "1");
        Assert.Equal("1", (await client.SendAsync("GET", "skipped")).Text);
        await client.WriteAsync("CLIENT", "REPLY", "OFF");
        await client.WriteAsync("SET", "silent", "1");
        await client.WriteAsync("BOGUS");
        Assert.Equal("OK", (await client.SendAsync("CLIENT", "REPLY", "ON")).Text);
        Assert.Equal("1", (await client.SendAsync("GET", "silent")).Text);
    }

    [Fact]
    public async Task A_client_can_be_killed_and_can_kill_itself()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var killer = await RespClient.ConnectAsync(server.Port);
        await using var victim = await RespClient.ConnectAsync(server.Port);
        var id = (await victim.SendAsync("CLIENT", "ID")).Text;
        Assert.Contains($"id={id} ", (await killer.SendAsync("CLIENT", "LIST")).Text, StringComparison.Ordinal);
        Assert.Equal("1", (await killer.SendAsync("CLIENT", "KILL", "ID", id)).Text);
        Assert.True(await victim.IsClosedAsync());
        Assert.Equal("0", (await killer.SendAsync("CLIENT", "KILL", "TYPE", "normal")).Text);
        Assert.Equal("1", (await killer.SendAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no")).Text);
        Assert.True(await killer.IsClosedAsync());
    }

    [Fact]
    public async Task A_client_that_reads_late_gets_every_reply_in_order()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        await client.SendAsync("SET", "big", new string('x', 200_000));
        const int Count = 300;
        var writing = client.WriteRawAsync(string.Concat(Enumerable.Range(0, Count).Select(_ => RespClient.Encode("INCR", "n") + RespClient.Encode("GET", "big"))));
        for (var i = 1; i <= Count; i++)
        {
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), (await client.ReadAsync()).Text);
            Assert.Equal(200_000, (await client.ReadAsync()).Text.Length);
        }

        await writing;
    }

    [Fact]
    public async Task Two_hundred_clients_at_once_lose_no_increment()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            for (var i = 0; i < 50; i++) await client.SendAsync("INCR", "n");
        }));
        await using var reader = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("10000", (await reader.SendAsync("GET", "n")).Text);
    }

    [Fact]
    public async Task Scripts_are_refused_with_what_to_do_instead()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        foreach (var command in (string[][])[["EVAL", "return 1", "0"], ["EVALSHA", "abc", "0"], ["SCRIPT", "LOAD", "return 1"], ["FUNCTION", "LIST"]])
            Assert.StartsWith("ERR scripts are not supported by the embedded store", (await client.SendAsync(command)).Text, StringComparison.Ordinal);
    }
}
