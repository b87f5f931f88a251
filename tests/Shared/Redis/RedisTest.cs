using ShopSession.Testing;

namespace ShopSession.Redis.Tests;

/// <summary>A test with a private server and clients that are disposed of with it.</summary>
public abstract class RedisTest : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _owned = [];

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected static TimeSpan Limit { get; } = TimeSpan.FromSeconds(15);

    protected RedisServerProcess Server { get; private set; } = null!;

    protected virtual RedisServerOptions ServerOptions => new();

    public async ValueTask InitializeAsync() => Server = await RedisServerProcess.StartAsync(ServerOptions, Stop);

    public async ValueTask DisposeAsync()
    {
        for (var i = _owned.Count - 1; i >= 0; i--) await _owned[i].DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected T Own<T>(T disposable)
        where T : IAsyncDisposable
    {
        _owned.Add(disposable);
        return disposable;
    }

    protected RedisClient Client(Action<RedisClientOptions>? configure = null, string? connectionString = null)
    {
        var options = RedisClientOptions.Parse(connectionString ?? Server.ConnectionString);
        // The machines that run tests are shared: a limit met by chance would say nothing.
        options.CommandTimeout = options.ConnectTimeout = TimeSpan.FromSeconds(10);
        configure?.Invoke(options);
        return Own(new RedisClient(options));
    }

    protected (RedisClient Client, TcpProxy Proxy) ClientThroughProxy(Action<RedisClientOptions>? configure = null)
    {
        var proxy = Own(TcpProxy.Start(Server.Port));
        return (Client(configure, $"127.0.0.1:{proxy.Port}"), proxy);
    }

    protected static Task ConnectedAsync(RedisClient client, bool connected = true) =>
        Poll.UntilAsync(() => client.IsConnected == connected, Limit, connected ? "the client is connected" : "the loss is noticed", Stop);

    /// <summary>Breaks the client's connection in some way and waits until the client knows, whether it has another one by then or not.</summary>
    protected static async Task LostAsync(RedisClient client, TcpProxy proxy, Action breaks)
    {
        var before = proxy.AcceptedConnections;
        breaks();
        await Poll.UntilAsync(() => !client.IsConnected || proxy.AcceptedConnections > before, Limit, "the loss is noticed", Stop);
    }

    /// <summary>
    /// Breaks the client's connection in some way and waits until it has another one. The moment in between can be shorter than any two looks at it, so the connections that were made are counted.
    /// </summary>
    protected static async Task ReconnectedAsync(RedisClient client, TcpProxy proxy, Action breaks)
    {
        var before = proxy.AcceptedConnections;
        breaks();
        await Poll.UntilAsync(() => proxy.AcceptedConnections > before && client.IsConnected, Limit, "the client has another connection", Stop);
    }

    protected static RedisCommand Set(string key, string value) => new("SET", new RedisKey(key), value);

    protected static RedisCommand Get(string key) => new("GET", new RedisKey(key));
}
