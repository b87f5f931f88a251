using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Redis;
using ShopSession.Sessions.Diagnostics;

namespace ShopSession.Sessions.Stores.Jwt;

/// <summary>Reads the keys before the first request, and again every half minute. Only where tokens are the session.</summary>
internal sealed class JwtKeyKeeper(JwtKeys keys, IOptions<SharedSessionOptions> options, TimeProvider time, ILogger<JwtKeyKeeper> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Strategy != SessionStrategies.Jwt) return;
        await TryRefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(keys.All.Any() ? JwtKeys.ReadInterval : TimeSpan.FromSeconds(1), time, stoppingToken);
            await TryRefreshAsync(stoppingToken);
        }
    }

    private async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.RefreshAsync(cancellationToken);
        }
        catch (RedisException exception)
        {
            StrategyLog.KeysUnread(logger, exception);
        }
    }
}
