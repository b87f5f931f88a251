using Microsoft.EntityFrameworkCore;
using ShopSession.Sessions;

namespace ShopSession.Cart.Orders;

/// <summary>Orders that were placed without an account: found again by number and e-mail address, and taken into the account of who owns the address.</summary>
internal sealed partial class GuestOrders(IDbContextFactory<CartDbContext> databases, OrderWriter writer, ILogger<GuestOrders> logger)
{
    /// <summary>
    /// A guest's order by what is in its confirmation. An account's order is not found: it shows after signing in. All that does not fit
    /// looks the same, and the caller limits how often one may ask.
    /// </summary>
    public async Task<Order?> FindAsync(string number, string email, CancellationToken cancellationToken)
    {
        var (wanted, key) = (OrderNumber.Normal(number), EmailKey.Of(email));
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Orders.AsNoTracking()
            .Include(order => order.Lines.OrderBy(line => line.Position)).Include(order => order.Events.OrderBy(entry => entry.Position)).AsSplitQuery()
            .FirstOrDefaultAsync(order => order.Number == wanted && order.EmailKey == key && order.AcceptedAt != null && order.Account == null && !order.Forget, cancellationToken);
    }

    /// <summary>Puts the guest orders of an address into the account that proved to own it, each once; returns how many.</summary>
    /// <param name="user">The account.</param>
    /// <param name="email">Its address, confirmed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<int> AttachAsync(UserId user, string email, CancellationToken cancellationToken)
    {
        var (account, key) = (OrderOwner.Of(user).Value, EmailKey.Of(email));
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var free = database.Orders.Where(order => order.EmailKey == key && order.Account == null && order.AcceptedAt != null && !order.Forget);
        // Asked first: the usual answer is that there is nothing to do, and then nobody waits for a writer.
        if (!await free.AnyAsync(cancellationToken)) return 0;
        var count = await writer.RunAsync(
            () => free.ExecuteUpdateAsync(set => set.SetProperty(order => order.Account, account).SetProperty(order => order.Revision, order => order.Revision + 1), cancellationToken),
            cancellationToken);
        if (count > 0) LogAttached(count);
        return count;
    }

    [LoggerMessage(2130, LogLevel.Information, "{Count} orders that were placed as a guest were put into the account whose confirmed address they name.")]
    private partial void LogAttached(int count);
}
