using ShopSession.Redis.Embedded.Tests.Differential;
using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Tracking;

/// <summary>A key that has ended and is first noticed by a command of the very client that tracks it.</summary>
public sealed class EndedKeyTests
{
    /// <summary>
    /// Guards the order of the wire: the message that the key is gone was once written into the half-written reply, as if it were one of the values. All is sent at once, so that no clock tick of
    /// the store, which would remove the key first, comes in between.
    /// </summary>
    [Theory]
    [InlineData("ON")]
    [InlineData("ON", "NOLOOP")]
    [InlineData("ON", "OPTIN", "NOLOOP")]
    [InlineData("ON", "BCAST")]
    [InlineData("ON", "BCAST", "NOLOOP")]
    public async Task The_message_comes_after_the_reply_that_noticed_it_and_with_NOLOOP_not_at_all(params string[] mode)
    {
        await using var pair = await DifferentialPair.StartAsync(3);
        var (real, embedded) = await pair.ClientAsync("a");
        foreach (var client in (RespClient[])[real, embedded])
        {
            await client.SendAsync(["MSET", "a", "1", "b", "3", .. Enumerable.Range(0, 40_000).Select(i => $"key{i / 2}")]);
            Assert.Equal("OK", (await client.SendAsync(["CLIENT", "TRACKING", .. mode])).Text);
        }

        foreach (var isTransaction in (bool[])[false, true])
        {
            var expected = await AskAsync(real, mode, isTransaction);
            var actual = await AskAsync(embedded, mode, isTransaction);
            Assert.Equal(expected, actual);
        }
    }

    /// <summary>Keeps a key that ends, passes the time until it has ended with long commands, and asks for it between others.</summary>
    private static async Task<string> AskAsync(RespClient client, string[] mode, bool isTransaction)
    {
        string[][] read = isTransaction ? [["MULTI"], ["GET", "a"], ["GET", "k"], ["GET", "b"], ["EXEC"]] : [["MGET", "a", "k", "b"]];
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            string[][] commands =
            [
                ["SET", "k", "2", "PX", "20"],
                .. mode.Contains("OPTIN") ? [["CLIENT", "CACHING", "YES"]] : (string[][])[],
                ["GET", "k"],
                .. Enumerable.Repeat<string[]>(["KEYS", "*9*9*9*9*9*z"], 10 * attempt),
                .. read,
                ["ECHO", "end"],
            ];
            await client.WriteRawAsync(string.Concat(commands.Select(c => RespClient.Encode(c))));
            var replies = new List<RespValue>();
            while (replies.Count == 0 || replies[^1].Text != "end") replies.Add(await client.ReadAsync());
            var wasKept = replies.Exists(r => r is { Kind: '$', Text: "2" });
            var rest = string.Join('\n', replies.SkipWhile(r => r.ToString() != "*[]").SkipWhile(r => r.ToString() == "*[]"));
            // The messages of a broadcast come when a round has ended, after whatever was in it.
            await client.SendAsync("PING");
            client.Pushes.Clear();
            if (wasKept && rest.Contains("_null", StringComparison.Ordinal)) return rest;
        }

        throw new InvalidOperationException("The key never ended in between.");
    }
}
