using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Catalog;
using ShopSession.Cart.Orders;
using ShopSession.Redis;

namespace ShopSession.Cart.Checkout;

/// <summary>Who moves an order on.</summary>
internal enum CheckoutDriver
{
    /// <summary>The shopper waits for the answer and wants the order.</summary>
    Shopper,

    /// <summary>Nobody is there any more: what was not paid is given up, what was paid is completed.</summary>
    Background,
}

/// <summary>
/// Moves an order from step to step: hold the stock, take the payment, take the stock for good, take the lines out of the cart. Each
/// step is written before the next begins, and each call to the outside may be repeated; so a process may die anywhere, and the next one
/// that finds the row either completes the order or cancels it and gives everything back.
/// </summary>
internal sealed partial class CheckoutProcessor(
    IDbContextFactory<CartDbContext> databases,
    CheckoutSteps steps,
    OrderWriter writer,
    IOptions<CheckoutOptions> options,
    TimeProvider time,
    ILogger<CheckoutProcessor> logger)
{
    /// <summary>Takes an order over and moves it as far as it goes now. Null: another process is at work on it.</summary>
    /// <exception cref="CatalogUnavailableException">The shopper waits, and the Catalog does not answer; nothing was paid.</exception>
    public async Task<Order?> ContinueAsync(Guid id, CheckoutDriver driver, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var order = await database.Orders.Include(x => x.Lines).Include(x => x.Events.OrderBy(entry => entry.Position)).AsSplitQuery().SingleOrDefaultAsync(x => x.Id == id, cancellationToken);
        if (order is null) return null;
        if (!order.Unfinished) return order;
        if (order.LeaseUntil > time.GetUtcNow()) return null;
        if (driver == CheckoutDriver.Background) order.Attempts++;
        return await SaveAsync(database, order, working: true, cancellationToken) ? await RunAsync(database, order, driver, cancellationToken) : null;
    }

    /// <summary>Moves an order on that this process has just written, with the lease on it.</summary>
    public async Task<Order?> RunAsync(CartDbContext database, Order order, CheckoutDriver driver, CancellationToken cancellationToken)
    {
        try
        {
            while (order.Unfinished)
            {
                var before = order.State;
                var goOn = await steps.StepAsync(order, driver, cancellationToken);
                if (order.State != before) LogStep(order.Id, before, order.State);
                if (!await SaveAsync(database, order, working: goOn, cancellationToken)) return null;
                if (!goOn) break;
            }
        }
        catch (Exception exception) when (exception is CatalogUnavailableException or RedisException)
        {
            LogInterrupted(exception, order.Id, order.State);
            await SaveAsync(database, order, working: false, cancellationToken);
            // Once paid, the order stands; what is left happens in the background.
            if (driver == CheckoutDriver.Shopper && order.State < OrderState.Paid) throw;
        }
        return order;
    }

    /// <summary>Writes the order, with the lease on it while there is work to do; else whoever comes next may have it.</summary>
    private async Task<bool> SaveAsync(CartDbContext database, Order order, bool working, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        order.LeaseUntil = working && order.Unfinished ? now + options.Value.Lease : now;
        if (!working) order.NextAttemptAt = now + Pause(order);
        order.Revision++;
        Note(order, now);
        try
        {
            await writer.SaveAsync(database, cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            LogTakenOver(order.Id);
            return false;
        }
    }

    /// <summary>Before payment the shopper gets time to try again; otherwise the background tries, later each time.</summary>
    private TimeSpan Pause(Order order) => order is { State: < OrderState.Paying, Attempts: 0 }
        ? options.Value.AbandonAfter
        : TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(order.Attempts, 6))));

    private static void Note(Order order, DateTimeOffset now)
    {
        var status = order.State.Word();
        if (order.Events.Count > 0 && order.Events[^1].Status == status) return;
        order.Events.Add(new OrderEvent { OrderId = order.Id, Position = order.Events.Count, At = now, Status = status });
    }

    [LoggerMessage(2101, LogLevel.Information, "Order {Order} went from {Before} to {After}.")]
    private partial void LogStep(Guid order, OrderState before, OrderState after);

    [LoggerMessage(2102, LogLevel.Warning, "Order {Order} waits at {State}: a part of the shop does not answer.")]
    private partial void LogInterrupted(Exception exception, Guid order, OrderState state);

    [LoggerMessage(2103, LogLevel.Information, "Order {Order} was taken over by another process.")]
    private partial void LogTakenOver(Guid order);
}
