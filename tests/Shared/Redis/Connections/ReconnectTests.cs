using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Connections;

public sealed class ReconnectTests : RedisTest
{
    private const int Clients = 20;

    [Fact]
    public async Task A_server_that_refuses_is_not_stormed_and_all_clients_come_back()
    {
        var (first, proxy) = ClientThroughProxy();
        var clients = Enumerable.Range(1, Clients - 1).Select(_ => Client(connectionString: $"127.0.0.1:{proxy.Port}")).Prepend(first).ToArray();
        foreach (var client in clients) await ConnectedAsync(client);
        var before = proxy.AcceptedConnections;
        var started = Stopwatch.GetTimestamp();
        proxy.Refuse();
        await Task.Delay(TimeSpan.FromSeconds(3), Stop);
        var attempts = proxy.AcceptedConnections - before;
        // Pauses double from 50 ms to 1 s and are cut by half at most: some quick attempts, then two a second.
        var allowed = Clients * (7 + (2 * Stopwatch.GetElapsedTime(started).TotalSeconds));
        TestContext.Current.TestOutputHelper!.WriteLine($"{attempts} attempts of {Clients} clients, {allowed:0} allowed");
        Assert.InRange(attempts, Clients, allowed);
        proxy.Pass();
        foreach (var client in clients) await ConnectedAsync(client);
    }

    /// <summary>Guards the attempts to connect: a log that failed once ended them for good.</summary>
    [Fact]
    public async Task A_log_that_fails_does_not_keep_the_client_from_connecting_again()
    {
        var proxy = Own(TcpProxy.Start(Server.Port));
        var options = RedisClientOptions.Parse($"127.0.0.1:{proxy.Port},connectTimeout=10000,asyncTimeout=10000");
        using var loggers = new FailingLoggers();
        var client = Own(new RedisClient(options, loggers));
        await client.PingAsync(Stop);
        await ReconnectedAsync(client, proxy, proxy.Reset);
        await client.PingAsync(Stop);
        Assert.True(loggers.Failures > 0);
    }

    private sealed class FailingLoggers : ILoggerFactory, ILogger
    {
        public int Failures { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Failures++;
            throw new IOException("The disk is full.");
        }

        public void Dispose()
        {
        }
    }
}
