using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Cart.Orders;

namespace ShopSession.Cart.Checkout;

/// <summary>
/// Finds orders that nobody works on and that are not finished, and finishes or cancels them: what a dead process left behind, payments
/// whose outcome was not known, stock that could not be given back. Runs in every replica; the order's lease keeps them apart.
/// </summary>
internal sealed partial class CheckoutRecovery(
    IDbContextFactory<CartDbContext> databases, CheckoutProcessor processor, OrderErasure erasure, IOptions<CheckoutOptions> options, TimeProvider time, ILogger<CheckoutRecovery> logger)
    : BackgroundService
{
    private const int Batch = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RecoveryInterval, time);
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
            // The service stops. What is unfinished is found again by the next process.
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var order in await FindAsync(cancellationToken)) await ContinueAsync(order, cancellationToken);
            await erasure.EraseAsync(cancellationToken);
        }
        // A database in trouble now may be well at the next tick; the worker must not die of it.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }

    private async Task ContinueAsync(Guid order, CancellationToken cancellationToken)
    {
        try
        {
            await processor.ContinueAsync(order, CheckoutDriver.Background, cancellationToken);
        }
        // One order that cannot be finished must not keep the others waiting.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogOrderFailed(exception, order);
        }
    }

    private async Task<List<Guid>> FindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Orders
            .Where(order => order.Unfinished && order.NextAttemptAt <= now && order.LeaseUntil <= now)
            .OrderBy(order => order.NextAttemptAt)
            .Select(order => order.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
    }

    [LoggerMessage(2120, LogLevel.Error, "Unfinished orders could not be looked for.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(2121, LogLevel.Error, "Order {Order} could not be moved on; it is tried again.")]
    private partial void LogOrderFailed(Exception exception, Guid order);
}
