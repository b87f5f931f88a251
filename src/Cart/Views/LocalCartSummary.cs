using ShopSession.Cart.Carts;
using ShopSession.Redis;
using ShopSession.Sessions;
using ShopSession.Web.CartSummary;

namespace ShopSession.Cart.Views;

/// <summary>The header's cart on the cart's own pages, without a detour over HTTP.</summary>
internal sealed partial class LocalCartSummary(CartService carts, CartGlances glances, ILogger<LocalCartSummary> logger) : ICartSummary
{
    public async ValueTask<CartGlance?> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return glances.Of(await carts.ShowAsync(context, cancellationToken));
        }
        // It is an ornament: a page is never worse for its absence.
        catch (Exception exception) when (exception is RedisException or SessionStoreUnavailableException or CartBusyException)
        {
            LogNoCount(exception);
            return null;
        }
    }

    [LoggerMessage(2021, LogLevel.Debug, "What is in the cart cannot be told just now.")]
    private partial void LogNoCount(Exception exception);
}
