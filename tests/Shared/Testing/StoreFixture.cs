namespace ShopSession.Testing;

/// <summary>One session store for all tests of a project, started by the first that needs it. Name it in an <c>AssemblyFixture</c> attribute.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private RedisServerProcess? _server;

    public async Task<string> ConnectionStringAsync()
    {
        RedisServerProcess.RequireRedisServer();
        await _one.WaitAsync();
        try
        {
            _server ??= await RedisServerProcess.StartAsync(cancellationToken: CancellationToken.None);
            return _server.ConnectionString;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _one.Dispose();
    }
}
