using Microsoft.EntityFrameworkCore;

namespace ShopSession.Cart.Orders;

/// <summary>Reads who did what with an order.</summary>
internal sealed class OrderLog(IDbContextFactory<CartDbContext> databases)
{
    /// <summary>Everything that was done with a placed order, latest first.</summary>
    public async Task<IReadOnlyList<OrderAction>> OfAsync(Guid order, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.OrderActions.AsNoTracking().Where(action => action.OrderId == order).OrderByDescending(action => action.At).ThenByDescending(action => action.Id).ToListAsync(cancellationToken);
    }
}
