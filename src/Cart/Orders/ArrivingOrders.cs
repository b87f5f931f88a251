using ShopSession.Cart.Carts;

namespace ShopSession.Cart.Orders;

/// <summary>Takes the guest orders of a visitor's confirmed address into the account, when they look at their orders.</summary>
internal sealed class ArrivingOrders(GuestOrders guests)
{
    /// <summary>Returns how many came in. Does nothing for guests and for addresses that nobody confirmed.</summary>
    public async Task<int> TakeInAsync(HttpContext context, CancellationToken cancellationToken)
    {
        await context.Session.LoadAsync(cancellationToken);
        return CurrentCart.SignedIn(context) is { } user && ConfirmedEmail.Of(context.User) is { } email
            ? await guests.AttachAsync(user, email, cancellationToken)
            : 0;
    }
}
