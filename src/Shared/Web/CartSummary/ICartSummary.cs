using Microsoft.AspNetCore.Http;

namespace ShopSession.Web.CartSummary;

/// <summary>What lies in the visitor's cart, for the header. The cart service answers locally, its siblings ask it.</summary>
public interface ICartSummary
{
    /// <summary>The cart at a glance; <see langword="null"/> when it cannot be told in time: the header then shows nothing of it.</summary>
    ValueTask<CartGlance?> ReadAsync(HttpContext context, CancellationToken cancellationToken);
}
