using ShopSession.Redis.Embedded.Tests.Differential;
using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Limits;

public sealed class ProtocolTests
{
    [Theory]
    [InlineData("*abc\r\n")]
    [InlineData("*9999999999999\r\n")]
    [InlineData("*1\r\n:1\r\n")]
    [InlineData("*1\r\nPING\r\n")]
    [InlineData("*1\r\n$-5\r\n")]
    [InlineData("*1\r\n$abc\r\n")]
    [InlineData("*1\r\n$99999999999\r\n")]
    [InlineData("SET k \"unbalanced\r\n")]
    [InlineData("SET k \"a\"b\r\n")]
    public async Task What_is_no_command_gets_the_error_of_Redis_and_the_connection_ends(string bytes)
    {
        await using var pair = await DifferentialPair.StartAsync(2);
        var (real, embedded) = await pair.ClientAsync("a");
        await real.WriteRawAsync(bytes);
        await embedded.WriteRawAsync(bytes);
        Assert.Equal((await real.ReadAsync()).ToString(), (await embedded.ReadAsync()).ToString());
        Assert.True(await embedded.IsClosedAsync());
    }

    [Theory]
    [InlineData("PING\r\n")]
    [InlineData("\r\n\r\n  PING  hello \r\n")]
    [InlineData("SET k \"a b\\r\\n\\x41\\\"\"\r\nGET k\r\n")]
    [InlineData("SET k 'it\\'s'\nGET k\n")]
    [InlineData("*0\r\n*-1\r\nPING\r\n")]
    [InlineData("*1\r\n$4\r\nPING\r\nPING inline\r\n*2\r\n$4\r\nECHO\r\n$2\r\n\r\n\r\n")]
    [InlineData("*1\r\n$0\r\n\r\n")]
    public async Task Commands_in_every_spelling_are_understood_in_one_piece_and_byte_by_byte(string bytes)
    {
        await using var pair = await DifferentialPair.StartAsync(2);
        var (real, embedded) = await pair.ClientAsync("a");
        var (_, slow) = await pair.ClientAsync("b");
        const string End = "*2\r\n$4\r\nECHO\r\n$3\r\nend\r\n";
        await real.WriteRawAsync(bytes + End);
        await embedded.WriteRawAsync(bytes + End);
        foreach (var one in bytes + End) await slow.WriteRawAsync(one.ToString());
        while (true)
        {
            var expected = await real.ReadAsync();
            Assert.Equal(expected.ToString(), (await embedded.ReadAsync()).ToString());
            Assert.Equal(expected.ToString(), (await slow.ReadAsync()).ToString());
            if (expected.Text == "end") return;
        }
    }

    [Fact]
    public async Task An_endless_line_is_cut_off()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        foreach (var start in (string[])["", "*", "*1\r\n$"])
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            await client.WriteRawAsync(start + new string('1', 70_000));
            Assert.Contains("too big", (await client.ReadAsync()).Text, StringComparison.Ordinal);
            Assert.True(await client.IsClosedAsync());
        }
    }

    [Fact]
    public async Task The_longest_argument_is_an_option()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new() { MaxBulkBytes = 5000 }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("OK", (await client.SendAsync("SET", "k", new string('x', 5000))).Text);
        Assert.Equal("ERR string exceeds maximum allowed size (proto-max-bulk-len)", (await client.SendAsync("APPEND", "k", "x")).Text);
        Assert.Equal("ERR Protocol error: invalid bulk length", (await client.SendAsync("SET", "k", new string('x', 5001))).Text);
        Assert.True(await client.IsClosedAsync());
    }

    [Fact]
    public async Task Random_bytes_never_stop_the_store()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            var bytes = string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => random.Next(4) == 0 ? "*$:\r\n0123456789-"[random.Next(16)] : (char)random.Next(256)));
            await client.WriteRawAsync(bytes);
        }

        await using var other = await RespClient.ConnectAsync(server.Port);
        Assert.True((await other.SendAsync("PING")).Text == "PONG", $"seed {seed}");
    }

    [Fact]
    public async Task Web_pages_cannot_talk_to_it()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        await using var browser = await RespClient.ConnectAsync(server.Port);
        await browser.WriteRawAsync("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nSET k v\r\n");
        Assert.True(await browser.IsClosedAsync());
        await using var client = await RespClient.ConnectAsync(server.Port);
        Assert.Equal("0", (await client.SendAsync("EXISTS", "k")).Text);
    }
}
