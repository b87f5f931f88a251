using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Processes;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Durability;

/// <summary>
/// The process is killed at any moment while clients write at the same time and the log is rewritten again and again. EMBEDDED_KILLS makes more rounds of it.
/// </summary>
public sealed class CrashLoadTests : IDisposable
{
    private const int Writers = 4;
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("EMBEDDED_KILLS") ?? "5", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("everysec")]
    [InlineData("always")]
    public async Task What_was_confirmed_to_anyone_is_there_and_transactions_are_whole(string appendfsync)
    {
        var (random, confirmed, sent) = (new Random(), new long[Writers], 0L);
        for (var kill = 0; kill <= Kills; kill++)
        {
            await using var process = await EmbeddedProcess.StartAsync("--dir", _directory, "--appendfsync", appendfsync);
            Assert.DoesNotContain(process.Errors, line => line.Contains("damaged", StringComparison.Ordinal));
            await CheckAsync(process, confirmed);
            if (kill == Kills) break;
            var writers = Enumerable.Range(0, Writers).Select(w => WriteAsync(process, w, confirmed)).Append(RewriteAsync(process)).ToArray();
            await Task.Delay(random.Next(20, 250), TestContext.Current.CancellationToken);
            // On a busy machine that may have been no time at all.
            await Poll.UntilAsync(() => confirmed.Sum() > sent + 10, TimeSpan.FromSeconds(60), "something was written", TestContext.Current.CancellationToken);
            await process.KillAsync();
            await Task.WhenAll(writers);
            sent = confirmed.Sum();
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Kills} kills, {sent} confirmed transactions, none lost or halved");
        Assert.True(sent > Kills * 10, $"only {sent} transactions were confirmed");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task CheckAsync(EmbeddedProcess process, long[] confirmed)
    {
        await using var client = await process.ConnectAsync();
        for (var w = 0; w < Writers; w++)
        {
            var values = (await client.SendAsync("MGET", $"{w}:a", $"{w}:b")).Items;
            Assert.Equal(values[0].ToString(), values[1].ToString());
            var count = values[0].IsNull ? 0 : long.Parse(values[0].Text, CultureInfo.InvariantCulture);
            // One more may have been on its way; none of its parts without the others.
            Assert.InRange(count, confirmed[w], confirmed[w] + 1);
            Assert.Equal(count, long.Parse((await client.SendAsync("LLEN", $"{w}:list")).Text, CultureInfo.InvariantCulture));
            Assert.Equal(count, long.Parse((await client.SendAsync("HLEN", $"{w}:hash")).Text, CultureInfo.InvariantCulture));
            confirmed[w] = count;
        }
    }

    private static async Task WriteAsync(EmbeddedProcess process, int writer, long[] confirmed)
    {
        await UntilKilledAsync(process, async client =>
        {
            var number = confirmed[writer] + 1;
            var text = string.Create(CultureInfo.InvariantCulture, $"{number}");
            string[][] commands =
            [
                ["MULTI"], ["INCR", $"{writer}:a"], ["RPUSH", $"{writer}:list", text + new string('x', (int)(number % 700))], ["HSET", $"{writer}:hash", text, text], ["SET", $"{writer}:b", text], ["EXEC"],
            ];
            await client.WriteRawAsync(string.Concat(commands.Select(c => RespClient.Encode(c))));
            RespValue reply = null!;
            foreach (var _ in commands) reply = await client.ReadReplyAsync();
            Assert.Equal(4, reply.Items.Count);
            confirmed[writer] = number;
        });
    }

    private static Task RewriteAsync(EmbeddedProcess process) => UntilKilledAsync(process, async client =>
    {
        await client.SendAsync("BGREWRITEAOF");
        await Task.Delay(3, CancellationToken.None);
    });

    private static async Task UntilKilledAsync(EmbeddedProcess process, Func<RespClient, Task> work)
    {
        try
        {
            await using var client = await process.ConnectAsync();
            while (true) await work(client);
        }
        catch (Exception e) when (e is IOException or EndOfStreamException or System.Net.Sockets.SocketException)
        {
            // The process was killed, as planned.
        }
    }
}
