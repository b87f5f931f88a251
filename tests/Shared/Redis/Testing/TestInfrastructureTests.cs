using System.Net.Sockets;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Testing;

/// <summary>The test library itself: what other suites rely on.</summary>
public sealed class TestInfrastructureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_private_server_starts_keeps_its_data_over_a_kill_and_ends_with_its_folder()
    {
        string folder;
        await using (var server = await RedisServerProcess.StartAsync(new() { AppendOnly = true, Password = "secret" }, Stop))
        {
            folder = server.Folder;
            Assert.Equal("OK", await server.SendAsync("SET", "a", "1"));
            await server.SendAsync("CONFIG", "SET", "appendfsync", "always");
            await server.SendAsync("SET", "b", "2");
            await server.RestartAsync(Stop);
            Assert.Equal("1", await server.SendAsync("GET", "a"));
            Assert.Equal("2", await server.SendAsync("GET", "b"));
        }

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_server_speaks_TLS()
    {
        await using var server = await RedisServerProcess.StartAsync(new() { Tls = true }, Stop);
        Assert.Equal("PONG", await server.SendAsync("PING"));
        Assert.True(File.Exists(server.CertificateFile));
    }

    [Fact]
    public async Task A_paused_server_answers_nothing_until_it_goes_on()
    {
        await using var server = await RedisServerProcess.StartAsync(cancellationToken: Stop);
        await using var raw = await server.ConnectAsync(Stop);
        server.Pause();
        var answer = raw.SendAsync(["PING"], Stop);
        Assert.NotSame(answer, await Task.WhenAny(answer, Task.Delay(200, Stop)));
        server.Resume();
        Assert.Equal("PONG", await answer);
    }

    [Fact]
    public async Task The_proxy_passes_holds_cuts_corrupts_and_resets()
    {
        await using var server = await RedisServerProcess.StartAsync(cancellationToken: Stop);
        await using var proxy = TcpProxy.Start(server.Port);
        await using var raw = await RawRedis.ConnectAsync(proxy.Port, cancellationToken: Stop);
        Assert.Equal("PONG", await raw.SendAsync(["PING"], Stop));

        proxy.BlackHole();
        var held = raw.SendAsync(["PING"], Stop);
        Assert.NotSame(held, await Task.WhenAny(held, Task.Delay(200, Stop)));
        proxy.Pass();
        Assert.Equal("PONG", await held);

        proxy.Corrupt(interval: 3);
        Assert.NotEqual("PONG", await raw.SendAsync(["PING"], Stop));
        proxy.CutAfter(3);
        await Assert.ThrowsAnyAsync<IOException>(() => raw.SendAsync(["PING"], Stop));
        proxy.Refuse();
        await Poll.UntilAsync(() => proxy.OpenConnections == 0, TimeSpan.FromSeconds(5), "all connections are gone", Stop);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var refused = await RawRedis.ConnectAsync(proxy.Port, cancellationToken: Stop);
            await refused.SendAsync(["PING"], Stop);
        });
        Assert.True(proxy.AcceptedConnections >= 2);
    }

    [Fact]
    public async Task Polling_ends_with_what_was_waited_for()
    {
        var e = await Assert.ThrowsAsync<TimeoutException>(
            () => Poll.UntilAsync(() => false, TimeSpan.FromMilliseconds(30), "the impossible", Stop));
        Assert.Contains("the impossible", e.Message, StringComparison.Ordinal);
    }
}
