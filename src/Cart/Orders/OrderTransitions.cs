using Microsoft.EntityFrameworkCore;

namespace ShopSession.Cart.Orders;

/// <summary>
/// Moves placed orders from one state to the next. One conditional update decides each race (cancelling against shipping, two
/// administrators, two presses); time line and log are written in its transaction. Safe for concurrent use.
/// </summary>
internal sealed class OrderTransitions(IDbContextFactory<CartDbContext> databases, OrderWriter writer, TimeProvider time)
{
    /// <summary>How long the background leaves a cancelled order to the process that cancelled it.</summary>
    private static readonly TimeSpan Headstart = TimeSpan.FromSeconds(5);

    /// <summary>Moves the order if it still is in <paramref name="from"/> and nobody works on it; <see langword="false"/>: it is not.</summary>
    public Task<bool> TryAsync(Guid id, OrderState from, OrderState to, OrderActor actor, string? note, CancellationToken cancellationToken) => writer.RunAsync(
        async () =>
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            var now = time.GetUtcNow();
            // What cancelling leaves to be done is picked up like a checkout that was interrupted.
            var unfinished = to == OrderState.Cancelling;
            var nextAttempt = now + Headstart;
            var cancelledBy = unfinished ? actor.Role : null;
            var moved = await database.Orders.Where(order => order.Id == id && order.State == from && !order.Unfinished).ExecuteUpdateAsync(
                set => set.SetProperty(order => order.State, to)
                    .SetProperty(order => order.Revision, order => order.Revision + 1)
                    .SetProperty(order => order.Unfinished, unfinished)
                    .SetProperty(order => order.CancelledBy, cancelledBy)
                    .SetProperty(order => order.NextAttemptAt, nextAttempt),
                cancellationToken);
            if (moved == 0) return false;

            var position = await database.Set<OrderEvent>().CountAsync(entry => entry.OrderId == id, cancellationToken);
            database.Add(new OrderEvent { OrderId = id, Position = position, At = now, Status = to.Word() });
            database.Add(new OrderAction { Id = Guid.CreateVersion7(now), OrderId = id, At = now, Actor = actor.Id, ActorName = actor.Name, Before = from.ToString(), After = to.ToString(), Note = note });
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        },
        cancellationToken);
}
