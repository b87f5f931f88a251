using Microsoft.EntityFrameworkCore;
using ShopSession.Sessions;

namespace ShopSession.Cart.Orders;

/// <summary>
/// Forgets who an order belonged to. What was sold and paid stays, as bookkeeping needs it; name, addresses and account go: at once when the
/// order is finished, else as soon as it is, since a parcel under way needs its address.
/// </summary>
internal sealed class OrderErasure(IDbContextFactory<CartDbContext> databases, OrderWriter writer)
{
    private const string Erased = "erased";

    /// <summary>The states in which nobody needs the address any more.</summary>
    private static readonly OrderState[] Done = [OrderState.Shipped, OrderState.Delivered, OrderState.Refunded, OrderState.Cancelled, OrderState.Declined, OrderState.OutOfStock];

    /// <summary>Marks every order of an account to be forgotten and erases the finished ones. May be repeated.</summary>
    public async Task ForgetAsync(UserId user, CancellationToken cancellationToken)
    {
        var owner = OrderOwner.Of(user).Value;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        await writer.RunAsync(
            () => database.Orders.Where(order => order.Owner == owner || order.Account == owner).ExecuteUpdateAsync(
                set => set.SetProperty(order => order.Forget, true).SetProperty(order => order.Account, (string?)null).SetProperty(order => order.EmailKey, "").SetProperty(order => order.Revision, order => order.Revision + 1),
                cancellationToken),
            cancellationToken);
        await EraseAsync(cancellationToken);
    }

    /// <summary>Erases what was marked and is finished by now; returns how many orders.</summary>
    public async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var due = database.Orders.Where(order => order.Forget && Done.Contains(order.State) && !order.Unfinished);
        // The usual answer is that there is nothing to do, and then nobody waits for a writer.
        if (!await due.AnyAsync(cancellationToken)) return 0;
        return await writer.RunAsync(
            () => due.ExecuteUpdateAsync(
                set => set.SetProperty(order => order.Forget, false)
                    .SetProperty(order => order.Owner, order => "erased:" + order.Number)
                    .SetProperty(order => order.Cart, "")
                    .SetProperty(order => order.RequestHash, "")
                    .SetProperty(order => order.EmailKey, "")
                    .SetProperty(order => order.Email, Erased)
                    .SetProperty(order => order.Name, Erased)
                    .SetProperty(order => order.Line1, Erased)
                    .SetProperty(order => order.Line2, (string?)null)
                    .SetProperty(order => order.City, Erased)
                    .SetProperty(order => order.PostalCode, "")
                    .SetProperty(order => order.Revision, order => order.Revision + 1),
                cancellationToken),
            cancellationToken);
    }
}
