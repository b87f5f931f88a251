using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopSession.Sessions.Database.Store;

namespace ShopSession.Sessions.Database.Cleaning;

/// <summary>
/// Deletes expired sessions, a batch at a time from the beginning of the index on their expiry, so that no request waits long for its lock. Reading never depends on it: an expired row is no session. Every
/// replica does it, each at its own moment.
/// </summary>
internal sealed class ExpiredSessionCleaner(DatabaseCalls database, DatabaseClock clock, TimeProvider time, ILogger<ExpiredSessionCleaner> logger) : BackgroundService
{
    public const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Deletes all that has expired and returns how many sessions those were.</summary>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var all = 0;
        while (true)
        {
            var now = DatabaseClock.ToMicroseconds(clock.GetUtcNow());
            var deleted = await database.RunAsync(
                context => context.Database.ExecuteSqlAsync(
                    $"DELETE FROM sessions WHERE handle IN (SELECT handle FROM sessions WHERE expires_at <= {now} ORDER BY expires_at LIMIT {BatchSize})", cancellationToken),
                cancellationToken);
            all += deleted;
            if (deleted == BatchSize) continue;
            await database.RunAsync(
                context => context.Database.ExecuteSqlAsync(
                    $"DELETE FROM session_users WHERE tag IN (SELECT tag FROM session_users WHERE keep_until <= {now} ORDER BY keep_until LIMIT {BatchSize})", cancellationToken),
                cancellationToken);
            return all;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval * (0.5 + Random.Shared.NextDouble()), time, stoppingToken);
            try
            {
                var count = await CleanAsync(stoppingToken);
                if (count > 0) CleaningLog.Cleaned(logger, count);
            }
            catch (SessionStoreUnavailableException exception)
            {
                CleaningLog.Postponed(logger, exception);
            }
        }
    }
}
