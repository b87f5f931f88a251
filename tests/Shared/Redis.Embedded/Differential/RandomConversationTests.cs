using System.Globalization;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>
/// Several clients at once that track, watch, subscribe and write, over keys some of which end within moments. Compared are replies, messages and their order. EMBEDDED_COMMANDS makes it longer,
/// EMBEDDED_SEED repeats a failure.
/// </summary>
public sealed class RandomConversationTests
{
    private const int CommandsPerRound = 2000;
    private static readonly string[] ShortLived = ["e0", "e1", "e2", "e3"];

    [Fact]
    public async Task Clients_that_speak_at_once_get_the_same_replies_and_messages_in_the_same_order()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EMBEDDED_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var total = int.Parse(Environment.GetEnvironmentVariable("EMBEDDED_COMMANDS") ?? "4000", CultureInfo.InvariantCulture);
        var (sent, ended) = (0, 0);
        for (var round = 0; sent < total; round++)
        {
            await using var pair = await DifferentialPair.StartAsync(3);
            try
            {
                await pair.RunAsync(RandomConversation.Opening);
                sent += await SpeakAsync(pair, new RandomConversation(seed + round), Math.Min(total, CommandsPerRound));
                ended += await LetKeysEndAsync(pair, new Random(seed + round));
                await pair.CompareContentAsync();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"With EMBEDDED_SEED={seed + round} EMBEDDED_COMMANDS={CommandsPerRound}: {e.Message}", e);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{sent} commands, {ended} keys ended, no difference");
    }

    private static async Task<int> SpeakAsync(DifferentialPair pair, RandomConversation conversation, int count)
    {
        var sent = 0;
        while (sent < count)
        {
            var (client, commands, together) = conversation.Next();
            if (together) await pair.RunTogetherAsync(client, commands);
            else foreach (var command in commands) await pair.RunAsync(client, command);
            await pair.ComparePushesAsync();
            pair.AssertSame();
            sent += commands.Count;
        }

        return sent;
    }

    /// <summary>Keys that end within a moment: read by those who track, watched, and asked for when their time is over on both servers.</summary>
    private static async Task<int> LetKeysEndAsync(DifferentialPair pair, Random random)
    {
        const int Rounds = 3;
        // Long enough for a busy machine to ask both servers before it is over.
        for (var round = 0; round < Rounds; round++)
        {
            string[][] lives =
            [
                ["SET", "e0", "v", "PX", "1500"], ["HSET", "e1", "f", "v"], ["PEXPIRE", "e1", "1500", "NX"], ["RPUSH", "e2", "x"], ["PEXPIREAT", "e2", "{now+1500}"], ["SET", "e3", "v"], ["EXPIRE", "e3", "1000"], ["PEXPIRE", "e3", "1500", "LT"],
            ];
            foreach (var command in lives) await pair.RunAsync("b", command);
            string[][] reads = [["CLIENT", "CACHING", "YES"], ["MGET", "e0", "e3"], ["CLIENT", "CACHING", "YES"], ["MULTI"], ["HGETALL", "e1"], ["LLEN", "e2"], ["EXEC"]];
            await pair.RunTogetherAsync("t", reads);
            await pair.RunAsync("w", ["EXISTS", .. ShortLived]);
            await pair.RunAsync("a", ["WATCH", ShortLived[random.Next(4)]]);
            await pair.ComparePushesAsync();
            await Task.Delay(1550, TestContext.Current.CancellationToken);
            // Redis removes what has ended some time later: asking for it makes both say so.
            await pair.RunAsync("b", ["EXISTS", .. ShortLived]);
            await pair.ComparePushesAsync(isUnordered: true);
            foreach (var key in ShortLived) await pair.RunAsync("b", ["PTTL", key]);
            await pair.RunTogetherAsync("a", [["MULTI"], ["PING"], ["EXEC"]]);
            await pair.RunTogetherAsync("t", reads);
            await pair.RunAsync("b", ["RPUSH", "e2", "again"]);
            await pair.RunAsync("b", ["TTL", "e2"]);
            await pair.RunAsync("b", ["UNLINK", .. ShortLived]);
            await pair.ComparePushesAsync();
            pair.AssertSame();
        }

        return Rounds * ShortLived.Length;
    }
}
