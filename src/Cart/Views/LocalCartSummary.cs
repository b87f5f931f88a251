using ShopSession.Cart.Carts;
using ShopSession.Redis;
using ShopSession.Sessions;
using ShopSession.Web.CartSummary;

namespace ShopSession.Cart.Views;

/// <summary>The header's number on the cart's own pages, without a detour over HTTP.</summary>
internal sealed partial class LocalCartSummary(CartService carts, ILogger<LocalCartSummary> logger) : ICartSummary
{
    public async ValueTask<int?> CountAsync(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await carts.CountAsync(context, cancellationToken);
        }
        // The number is an ornament: a page is never worse for its absence.
        catch (Exception exception) when (exception is RedisException or SessionStoreUnavailableException or CartBusyException)
        {
            LogNoCount(exception);
            return null;
        }
    }

    [LoggerMessage(2021, LogLevel.Debug, "The number of items cannot be told just now.")]
    private partial void LogNoCount(Exception exception);
}
