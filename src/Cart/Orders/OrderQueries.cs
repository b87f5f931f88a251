using Microsoft.EntityFrameworkCore;

namespace ShopSession.Cart.Orders;

/// <summary>Reads orders, only ever those that the viewer may see.</summary>
internal sealed class OrderQueries(IDbContextFactory<CartDbContext> databases)
{
    public const int MaxPageSize = 50;

    /// <summary>A page of the accepted orders, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<Order> Orders, int Total)> ListAsync(
        OrderViewer viewer, int page, int pageSize, CancellationToken cancellationToken, Func<IQueryable<Order>, IQueryable<Order>>? choose = null)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var visible = viewer.Filter(database.Orders.AsNoTracking().Where(order => order.AcceptedAt != null));
        if (choose is not null) visible = choose(visible);
        var total = await visible.CountAsync(cancellationToken);
        var orders = await visible.OrderByDescending(order => order.AcceptedAt).ThenBy(order => order.Id)
            .Skip((page - 1) * pageSize).Take(pageSize)
            .Include(order => order.Lines.OrderBy(line => line.Position)).AsSplitQuery()
            .ToListAsync(cancellationToken);
        return (orders, total);
    }

    /// <summary>Every order of the viewer with everything about it, oldest first.</summary>
    public async Task<IReadOnlyList<Order>> AllAsync(OrderViewer viewer, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await viewer.Filter(database.Orders.AsNoTracking()).OrderBy(order => order.CreatedAt).ThenBy(order => order.Id)
            .Include(order => order.Lines.OrderBy(line => line.Position)).Include(order => order.Events.OrderBy(entry => entry.Position)).AsSplitQuery()
            .ToListAsync(cancellationToken);
    }

    /// <summary>One order, also one that is not accepted yet; null when this viewer has none of this id.</summary>
    public async Task<Order?> FindAsync(OrderViewer viewer, Guid id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await viewer.Filter(database.Orders.AsNoTracking())
            .Include(order => order.Lines.OrderBy(line => line.Position)).Include(order => order.Events.OrderBy(entry => entry.Position)).AsSplitQuery()
            .SingleOrDefaultAsync(order => order.Id == id, cancellationToken);
    }
}
