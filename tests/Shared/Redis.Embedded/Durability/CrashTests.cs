using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Processes;
using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Durability;

public sealed class CrashTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    [Theory]
    [InlineData("everysec")]
    [InlineData("always")]
    public async Task What_was_confirmed_is_there_after_SIGKILL(string appendfsync)
    {
        var confirmed = -1;
        for (var round = 0; round < 3; round++)
        {
            await using var process = await EmbeddedProcess.StartAsync("--dir", _directory, "--appendfsync", appendfsync);
            await using var client = await process.ConnectAsync();
            for (var i = 0; i <= confirmed; i++) Assert.Equal(Text(i), (await client.SendAsync("GET", "k" + Text(i))).Text);
            // A writer that goes on until the process is gone.
            var writer = WriteAsync(client, confirmed + 1, last => Volatile.Write(ref confirmed, last));
            await ShopSession.Testing.Poll.UntilAsync(() => Volatile.Read(ref confirmed) >= (round + 1) * 200, TimeSpan.FromSeconds(60), "200 writes were confirmed", TestContext.Current.CancellationToken);
            await process.KillAsync();
            await writer;
        }

        Assert.True(confirmed >= 600);
    }

    [Fact]
    public async Task A_transaction_is_there_as_a_whole_or_not_at_all()
    {
        for (var round = 0; round < 3; round++)
        {
            await using var process = await EmbeddedProcess.StartAsync("--dir", _directory);
            await using var client = await process.ConnectAsync();
            var values = (await client.SendAsync("MGET", "a", "b", "c")).Items;
            Assert.Equal(values[0].Text, values[1].Text);
            Assert.Equal(values[0].Text, values[2].Text);
            var started = new TaskCompletionSource();
            var writer = Task.Run(
                async () =>
                {
                    try
                    {
                        for (var i = 0; ; i++)
                        {
                            await client.WriteRawAsync(RespClient.Encode("MULTI") + RespClient.Encode("INCR", "a") + RespClient.Encode("INCR", "b") + RespClient.Encode("INCR", "c") + RespClient.Encode("EXEC"));
                            for (var reply = 0; reply < 5; reply++) await client.ReadReplyAsync();
                            if (i == 100) started.SetResult();
                        }
                    }
                    catch (Exception e) when (e is IOException or EndOfStreamException)
                    {
                        // The process was killed, as planned.
                    }
                },
                TestContext.Current.CancellationToken);
            await started.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await process.KillAsync();
            await writer;
        }
    }

    [Fact]
    public async Task Expiries_go_on_while_the_store_is_down()
    {
        await using (var process = await EmbeddedProcess.StartAsync("--dir", _directory))
        {
            await using var client = await process.ConnectAsync();
            await client.SendAsync("SET", "short", "v", "PX", "50");
            await client.SendAsync("SET", "long", "v", "EX", "1000");
            await client.SendAsync("HSET", "hash", "f", "v");
            await client.SendAsync("PEXPIRE", "hash", "50");
            await client.SendAsync("SET", "later", "v");
            await client.SendAsync("PEXPIRE", "later", "1000000");
            await process.KillAsync();
        }

        await Task.Delay(60, TestContext.Current.CancellationToken);
        await using var again = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var reader = await again.ConnectAsync();
        Assert.True((await reader.SendAsync("GET", "short")).IsNull);
        Assert.Equal("0", (await reader.SendAsync("EXISTS", "hash")).Text);
        Assert.InRange(int.Parse((await reader.SendAsync("TTL", "later")).Text, CultureInfo.InvariantCulture), 900, 1000);
        Assert.InRange(int.Parse((await reader.SendAsync("TTL", "long")).Text, CultureInfo.InvariantCulture), 900, 1000);
    }

    [Fact]
    public async Task Killed_while_it_rewrites_its_log_it_loses_nothing()
    {
        for (var round = 0; round < 3; round++)
        {
            await using var process = await EmbeddedProcess.StartAsync("--dir", _directory);
            await using var client = await process.ConnectAsync();
            var expected = (round * 3000).ToString(CultureInfo.InvariantCulture);
            Assert.Equal(expected, (await client.SendAsync("DBSIZE")).Text);
            for (var i = 0; i < 3000; i++) await client.SendAsync("SET", string.Create(CultureInfo.InvariantCulture, $"{round}-{i}"), new string('x', 100));
            Assert.Equal("Background append only file rewriting started", (await client.SendAsync("BGREWRITEAOF")).Text);
            await process.KillAsync();
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task WriteAsync(RespClient client, int from, Action<int> onConfirmed)
    {
        try
        {
            for (var i = from; ; i++)
            {
                if ((await client.SendAsync("SET", "k" + Text(i), Text(i))).Text == "OK") onConfirmed(i);
            }
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            // The process was killed, as planned.
        }
    }
}
