using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Differential;

public sealed class PubSubTests
{
    public const string Script = """
        PUBLISH c hello
        b> SUBSCRIBE c
        PUBLISH c hello
        PUBLISH d nobody
        b> PSUBSCRIBE c* [de]
        PUBLISH c twice
        PUBLISH d once
        PUBSUB NUMSUB c d
        PUBSUB NUMPAT
        PUBSUB CHANNELS
        PUBSUB CHANNELS d*
        b> SUBSCRIBE c
        b> UNSUBSCRIBE nothing
        b> PUNSUBSCRIBE c*
        PUBLISH c binary\r\n\x00
        b> PING
        b> GET x
        b> SET x 1
        b> UNSUBSCRIBE c
        b> UNSUBSCRIBE
        b> PUNSUBSCRIBE
        b> PUNSUBSCRIBE
        b> GET x
        PUBLISH c nobody
        PUBLISH c
        SUBSCRIBE
        """;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Subscribers_hear_what_Redis_would_tell_them(int protocol)
    {
        await using var pair = await DifferentialPair.StartAsync(protocol);
        await pair.RunAsync(Script);
    }

    [Fact]
    public async Task A_client_may_hear_itself_and_goes_on_with_commands_in_RESP3()
    {
        await using var pair = await DifferentialPair.StartAsync(3);
        await pair.RunAsync("""
            SUBSCRIBE c
            PUBLISH c self
            SET k v
            GET k
            MULTI
            PUBLISH c inside
            GET k
            EXEC
            RESET
            PUBLISH c nobody
            """);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Confirmations_are_messages_which_CLIENT_REPLY_does_not_hold_back(int protocol)
    {
        await using var pair = await DifferentialPair.StartAsync(protocol);
        var (real, embedded) = await pair.ClientAsync("a");
        Assert.Equal(await HearAsync(real), await HearAsync(embedded));

        static async Task<string> HearAsync(RespClient client)
        {
            foreach (var command in (string[][])[["CLIENT", "REPLY", "OFF"], ["SUBSCRIBE", "c"], ["GET", "k"], ["UNSUBSCRIBE"], ["CLIENT", "REPLY", "SKIP"], ["PSUBSCRIBE", "c*"], ["PUNSUBSCRIBE"], ["CLIENT", "REPLY", "ON"]])
                await client.WriteAsync(command);
            var heard = new List<string>();
            while (!heard.Contains("+OK")) heard.Add((await client.ReadAsync()).ToString());
            return string.Join('\n', heard.Order(StringComparer.Ordinal));
        }
    }
}
