using Microsoft.EntityFrameworkCore;

namespace ShopSession.Cart.Orders;

/// <summary>Reads orders, only ever those of the given owners.</summary>
internal sealed class OrderQueries(IDbContextFactory<CartDbContext> databases)
{
    public const int MaxPageSize = 50;

    /// <summary>A page of the accepted orders, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<Order> Orders, int Total)> ListAsync(IReadOnlyList<string> owners, int page, int pageSize, CancellationToken cancellationToken)
    {
        if (owners.Count == 0) return ([], 0);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var own = database.Orders.AsNoTracking().Where(order => owners.Contains(order.Owner) && order.AcceptedAt != null);
        var total = await own.CountAsync(cancellationToken);
        var orders = await own.OrderByDescending(order => order.AcceptedAt).ThenBy(order => order.Id)
            .Skip((page - 1) * pageSize).Take(pageSize)
            .Include(order => order.Lines.OrderBy(line => line.Position)).AsSplitQuery()
            .ToListAsync(cancellationToken);
        return (orders, total);
    }

    /// <summary>One order, also one that is not accepted yet; null when these owners have none of this id.</summary>
    public async Task<Order?> FindAsync(IReadOnlyList<string> owners, Guid id, CancellationToken cancellationToken)
    {
        if (owners.Count == 0) return null;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Orders.AsNoTracking()
            .Include(order => order.Lines.OrderBy(line => line.Position)).Include(order => order.Events.OrderBy(entry => entry.Position)).AsSplitQuery()
            .SingleOrDefaultAsync(order => order.Id == id && owners.Contains(order.Owner), cancellationToken);
    }
}
