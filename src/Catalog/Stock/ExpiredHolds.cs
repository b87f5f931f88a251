using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ShopSession.Catalog.Stock;

/// <summary>Gives back, every few seconds, the pieces of holds whose time is over, and forgets old ones. Any number of replicas may do so at once.</summary>
internal sealed partial class ExpiredHolds(IServiceScopeFactory scopes, IOptions<HoldOptions> options, TimeProvider time, ILogger<ExpiredHolds> logger) : BackgroundService
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
                var holds = scope.ServiceProvider.GetRequiredService<StockHolds>();
                if (await holds.ExpireAsync(stoppingToken) is > 0 and var expired) LogExpired(logger, expired);
                if (await holds.ForgetAsync(options.Value, stoppingToken) is > 0 and var forgotten) LogForgotten(logger, forgotten);
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

    [LoggerMessage(4113, LogLevel.Information, "Forgot {Count} holds that ended long ago")]
    private static partial void LogForgotten(ILogger logger, int count);

    [LoggerMessage(4112, LogLevel.Warning, "Could not look for expired holds; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
