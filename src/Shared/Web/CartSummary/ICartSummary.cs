using Microsoft.AspNetCore.Http;

namespace ShopSession.Web.CartSummary;

/// <summary>How many pieces lie in the visitor's cart, for the header. The cart service answers locally, its siblings ask it.</summary>
public interface ICartSummary
{
    /// <summary>The number of pieces; <see langword="null"/> when it cannot be told in time: the header then shows no number.</summary>
    ValueTask<int?> CountAsync(HttpContext context, CancellationToken cancellationToken);
}
