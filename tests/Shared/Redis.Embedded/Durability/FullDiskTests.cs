using System.Diagnostics;
using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Processes;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Durability;

public sealed class FullDiskTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    [Fact]
    public async Task A_full_disk_stops_writing_and_nothing_else_and_nothing_unwritten_is_confirmed()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There is no ulimit on this system.");
        int confirmed;
        await using (var process = await EmbeddedProcess.StartOnFullDiskAsync(200, "--dir", _directory))
        {
            // A transaction that was queued before must not slip through.
            await using var queued = await process.ConnectAsync();
            await queued.SendAsync("MULTI");
            Assert.Equal("QUEUED", (await queued.SendAsync("SET", "late", "v")).Text);
            confirmed = await WriteUntilCutAsync(process);
            Assert.StartsWith("EXECABORT Transaction discarded because of: MISCONF Errors writing", (await queued.SendAsync("EXEC")).Text, StringComparison.Ordinal);
            await using var client = await process.ConnectAsync();
            Assert.StartsWith("MISCONF Errors writing to the AOF file", (await client.SendAsync("SET", "k", "v")).Text, StringComparison.Ordinal);
            Assert.Equal("PONG", (await client.SendAsync("PING")).Text);
            Assert.Equal(1000, (await client.SendAsync("GET", "k0")).Text.Length);
            await process.KillAsync();
        }

        await using var again = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var reader = await again.ConnectAsync();
        Assert.Equal(confirmed.ToString(CultureInfo.InvariantCulture), (await reader.SendAsync("DBSIZE")).Text);
    }

    [Fact]
    public async Task When_there_is_room_again_writing_goes_on_by_itself()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/usr/bin/prlimit")) Assert.Skip("prlimit is not installed.");
        await using var process = await EmbeddedProcess.StartOnFullDiskAsync(200, "--dir", _directory);
        var confirmed = await WriteUntilCutAsync(process);
        using (var raise = Process.Start("/usr/bin/prlimit", ["--pid", process.ProcessId.ToString(CultureInfo.InvariantCulture), "--fsize=unlimited"])) await raise.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var client = await process.ConnectAsync();
        await Poll.UntilAsync(async () => (await client.SendAsync("SET", "k", "v")).Text == "OK", TimeSpan.FromSeconds(30), "writing goes on", TestContext.Current.CancellationToken);
        await process.KillAsync();

        await using var again = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var reader = await again.ConnectAsync();
        Assert.Equal("v", (await reader.SendAsync("GET", "k")).Text);
        // The write whose outcome nobody was told took place in the end.
        Assert.Equal((confirmed + 2).ToString(CultureInfo.InvariantCulture), (await reader.SendAsync("DBSIZE")).Text);
    }

    /// <summary>Guards against a rewrite that finds no room and takes the whole store with it, when a command of that moment has to go to both logs.</summary>
    [Fact]
    public async Task A_rewrite_that_finds_no_room_is_given_up_and_the_store_goes_on()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There is no ulimit on this system.");
        await using var process = await EmbeddedProcess.StartOnFullDiskAsync(20_000, "--dir", _directory);
        await using var client = await process.ConnectAsync();
        // Copies: short in the log of effects, long in the state, so that the new log is the one that does not fit.
        Assert.Equal("OK", (await client.SendAsync("SET", "k0", new string('x', 200_000))).Text);
        for (var i = 1; i < 200; i++) await client.SendAsync("COPY", "k0", "k" + i.ToString(CultureInfo.InvariantCulture));
        for (var round = 0; round < 20; round++)
        {
            await client.SendAsync("BGREWRITEAOF");
            // Every key is touched while the rewrite has come to few of them.
            var commands = Enumerable.Range(0, 200).Select(i => RespClient.Encode("EXPIRE", "k" + i.ToString(CultureInfo.InvariantCulture), "10000"));
            await client.WriteRawAsync(RespClient.Encode("MULTI") + string.Concat(commands) + RespClient.Encode("EXEC"));
            RespValue reply = null!;
            for (var i = 0; i < 202; i++) reply = await client.ReadReplyAsync();
            Assert.Equal(200, reply.Items.Count);
        }

        // Its output has another way than its replies.
        await Poll.UntilAsync(
            () => process.Errors.Any(line => line.Contains("the rewrite of the log failed, the old log stays in use", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(30), "the failed rewrite is told", TestContext.Current.CancellationToken);
        await process.KillAsync();
        await using var again = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var reader = await again.ConnectAsync();
        Assert.Equal("200", (await reader.SendAsync("DBSIZE")).Text);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<int> WriteUntilCutAsync(EmbeddedProcess process)
    {
        var confirmed = 0;
        await using var writer = await process.ConnectAsync();
        try
        {
            while ((await writer.SendAsync("SET", "k" + confirmed.ToString(CultureInfo.InvariantCulture), new string('x', 1000))).Text == "OK") confirmed++;
            Assert.Fail("a write that failed must not be answered");
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            Assert.InRange(confirmed, 50, 120);
        }

        return confirmed;
    }
}
