using System.Collections.Concurrent;
using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Processes;

/// <summary>Stopping while the store is at work by itself: the log is closed after the last command, and not under its hands.</summary>
public sealed class StopTests : IDisposable
{
    private const int Keys = 200_000;
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;
    private readonly ConcurrentQueue<string> _reports = new();

    /// <summary>Guards against the removal of many ended keys that goes on while the log is closed.</summary>
    [Fact]
    public async Task It_stops_in_order_while_many_keys_end()
    {
        var clock = new Clock();
        await using (var server = await StartAsync(clock))
        {
            await using var client = await FilledAsync(server, "PX", "60000");
            clock.Offset = TimeSpan.FromMinutes(2);
            await Poll.UntilAsync(
                async () => !(await client.SendAsync("INFO", "stats")).Text.Contains("expired_keys:0\r", StringComparison.Ordinal),
                TimeSpan.FromSeconds(60), "keys end", TestContext.Current.CancellationToken);
            await server.StopAsync();
            await server.Completion;
        }

        Assert.Empty(_reports);
        await using var again = await StartAsync(clock);
        Assert.Empty(_reports);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<EmbeddedRedisServer> StartAsync(TimeProvider time) =>
        EmbeddedRedisServer.StartAsync(new() { Directory = _directory, Time = time, Report = _reports.Enqueue }, TestContext.Current.CancellationToken);

    private static async Task<RespClient> FilledAsync(EmbeddedRedisServer server, params string[] options)
    {
        const int Together = 1000;
        var client = await RespClient.ConnectAsync(server.Port);
        for (var i = 0; i < Keys; i += Together)
        {
            await client.WriteRawAsync(string.Concat(Enumerable.Range(i, Together).Select(k => RespClient.Encode(["SET", k.ToString(CultureInfo.InvariantCulture), "v", .. options]))));
            for (var reply = 0; reply < Together; reply++) await client.ReadReplyAsync();
        }

        return client;
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Offset;
    }
}
