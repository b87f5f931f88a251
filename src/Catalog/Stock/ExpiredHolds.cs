using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ShopSession.Catalog.Stock;

/// <summary>Gives back, every few seconds, the pieces of holds whose time is over. Any number of replicas may do so at once.</summary>
internal sealed partial class ExpiredHolds(IServiceScopeFactory scopes, TimeProvider time, ILogger<ExpiredHolds> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var count = await scope.ServiceProvider.GetRequiredService<StockHolds>().ExpireAsync(stoppingToken);
                if (count > 0) LogExpired(logger, count);
            }
            // The database may be away for a while; the next round does what this one could not.
            catch (Exception exception) when (exception is DbException or DbUpdateException or InvalidOperationException { InnerException: DbException } or TimeoutException)
            {
                LogFailed(logger, exception);
            }
        }
    }

    [LoggerMessage(4111, LogLevel.Information, "Gave back the pieces of {Count} holds whose time was over")]
    private static partial void LogExpired(ILogger logger, int count);

    [LoggerMessage(4112, LogLevel.Warning, "Could not look for expired holds; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
