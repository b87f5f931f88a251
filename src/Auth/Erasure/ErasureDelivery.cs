using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Sessions;

namespace ShopSession.Auth.Erasure;

/// <summary>
/// Ends the sessions of deleted accounts and has the cart forget them, until it is done. Runs in every replica; both steps may be repeated, so replicas need not
/// keep out of one another's way.
/// </summary>
internal sealed class ErasureDelivery(IDbContextFactory<AuthDbContext> databases, ISessionDirectory sessions, IHttpClientFactory clients, TimeProvider time, ILogger<ErasureDelivery> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Tries it now; <see langword="false"/>: it is tried again later.</summary>
    public async Task<bool> TryAsync(string userId, CancellationToken cancellationToken)
    {
        try
        {
            await sessions.RevokeAllAsync(new UserId(userId), cancellationToken);
            using var answer = await clients.CreateClient("cart").DeleteAsync(new Uri($"/internal/users/{userId}", UriKind.Relative), cancellationToken);
            answer.EnsureSuccessStatusCode();
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Erasures.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
            return true;
        }
        // Whatever is in trouble now may be well next time, and the account stays deleted.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            AuthLog.ErasureFailed(logger, userId, error);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await RunOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops; what is owed is found by the next process.
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            var now = time.GetUtcNow();
            foreach (var due in await db.Erasures.AsNoTracking().Where(row => row.DueAt <= now).Take(20).ToListAsync(cancellationToken))
            {
                if (await TryAsync(due.UserId, cancellationToken)) continue;
                var wait = TimeSpan.FromSeconds(Math.Min(15 * Math.Pow(2, due.Attempts), LongestWait.TotalSeconds));
                await db.Erasures.Where(row => row.UserId == due.UserId).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Attempts, row => row.Attempts + 1).SetProperty(row => row.DueAt, now + wait), cancellationToken);
            }
        }
        // A database in trouble now may be well at the next tick; the worker must not die of it.
        catch (Exception error) when (error is not OperationCanceledException)
        {
            AuthLog.ErasuresFailed(logger, error);
        }
    }
}
