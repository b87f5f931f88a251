using ShopSession.Testing;

[assembly: AssemblyFixture(typeof(ShopSession.Web.Tests.Hosting.StoreFixture))]

namespace ShopSession.Web.Tests.Hosting;

/// <summary>One store for all tests of this project, started by the first that needs it.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private RedisServerProcess? _server;

    public async Task<string> ConnectionStringAsync()
    {
        RedisServerProcess.RequireRedisServer();
        await _one.WaitAsync(TestContext.Current.CancellationToken);
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
