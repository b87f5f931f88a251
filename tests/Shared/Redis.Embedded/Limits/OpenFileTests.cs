using ShopSession.Redis.Embedded.Tests.Processes;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Limits;

public sealed class OpenFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    /// <summary>Guards against connections that take the last file handle: the next rewrite of the log, or line of output, ended the process.</summary>
    [Fact]
    public async Task More_connections_than_the_system_allows_are_refused_and_the_log_can_still_be_replaced()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs a system that tells its limit.");
        await using var process = await EmbeddedProcess.StartWithFewFilesAsync(220, "--dir", _directory);
        // Its errors have another way than the line by which it was known to be ready.
        await Poll.UntilAsync(
            () => process.Errors.Any(line => line.Contains("the system's limit on open files allows", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), "the limit is told", TestContext.Current.CancellationToken);
        await using var first = await process.ConnectAsync();
        Assert.Equal("OK", (await first.SendAsync("SET", "k", "v")).Text);
        var others = new List<RespClient>();
        try
        {
            for (var i = 0; i < 300; i++) others.Add(await process.ConnectAsync());
            Assert.Equal("ERR max number of clients reached", (await others[^1].ReadAsync()).Text);
            Assert.StartsWith("ERR CONFIG SET failed", (await first.SendAsync("CONFIG", "SET", "maxclients", "10000")).Text, StringComparison.Ordinal);
            Assert.Equal("Background append only file rewriting started", (await first.SendAsync("BGREWRITEAOF")).Text);
            await Poll.UntilAsync(
                async () => (await first.SendAsync("INFO", "persistence")).Text.Contains("aof_rewrite_in_progress:0", StringComparison.Ordinal),
                TimeSpan.FromSeconds(30), "the rewrite is over", TestContext.Current.CancellationToken);
            Assert.DoesNotContain(process.Errors, line => line.Contains("failed", StringComparison.Ordinal));
        }
        finally
        {
            foreach (var client in others) await client.DisposeAsync();
        }

        await Poll.UntilAsync(
            async () =>
            {
                await using var next = await process.ConnectAsync();
                try
                {
                    return (await next.SendAsync("GET", "k")).Text == "v";
                }
                catch (Exception e) when (e is IOException or EndOfStreamException)
                {
                    // Refused, and cut before the reason arrived.
                    return false;
                }
            },
            TimeSpan.FromSeconds(30), "there is room again", TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
