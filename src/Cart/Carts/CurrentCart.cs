using System.Security.Claims;
using ShopSession.Cart.Orders;
using ShopSession.Sessions;

namespace ShopSession.Cart.Carts;

/// <summary>Finds the cart of a request: the account's when somebody is signed in, else the one that the session names.</summary>
internal sealed class CurrentCart(ICartStore store, CartMerger merger, TimeProvider time)
{
    /// <summary>The session attribute that names the guest cart.</summary>
    public const string SessionKey = "cart.guest";

    /// <summary>The visitor's cart; null when a guest has none yet. Merges a guest cart that was brought along to the account.</summary>
    public async Task<CartId?> FindAsync(HttpContext context, CancellationToken cancellationToken)
    {
        await context.Session.LoadAsync(cancellationToken);
        var guest = CartId.TryParse(context.Session.GetString(SessionKey), out var named) ? named : (CartId?)null;
        if (SignedIn(context) is not { } user) return guest;

        var account = CartId.ForUser(user);
        if (guest is { } brought)
        {
            await merger.MergeAsync(brought, account, cancellationToken);
            // What this guest ordered stays in sight; without the cart's id the session could not tell whose it was.
            OrderOwner.Of(brought).RememberIn(context);
            context.Session.Remove(SessionKey);
        }
        return account;
    }

    /// <summary>The visitor's cart, which is made if need be. For requests that put something in.</summary>
    public async Task<CartId> FindOrMakeAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var known = await FindAsync(context, cancellationToken);
        if (known is { } cart && !await HasMovedOnAsync(cart, cancellationToken)) return cart;
        var made = context.Features.Get<ISharedSession>()?.Handle is { } session ? CartId.ForSession(session) : CartId.NewGuest();
        if (made == known) made = CartId.NewGuest();
        context.Session.SetString(SessionKey, made.Value);
        return made;
    }

    /// <summary>The account that is signed in.</summary>
    public static UserId? SignedIn(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } && context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { Length: > 0 } id ? new UserId(id) : null;

    // A session that was signed in and out again may still name a guest cart that went into the account meanwhile. Shortly after the
    // move it is more likely a request that was on its way during the sign-in: that one is told to come again.
    private async Task<bool> HasMovedOnAsync(CartId cart, CancellationToken cancellationToken) =>
        cart.IsGuest
        && (await store.CountAsync(cart, cancellationToken)).Moved is { } move
        && time.GetUtcNow() - move.At > CartLimits.MoveSettles;
}
