using Microsoft.Extensions.Hosting;

namespace ShopSession.Redis;

/// <summary>Makes the client when the application starts, so that it is connected by the first request; waits for nothing.</summary>
internal sealed class RedisWarmUp(IRedisClient client) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = client.IsConnected;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
