using ShopSession.Cart.Carts;
using ShopSession.Cart.Views;

namespace ShopSession.Cart.Api;

/// <summary>What siblings ask. Not reachable through the gateway.</summary>
internal static class InternalEndpoints
{
    /// <summary>The cart for the header; the caller forwards the visitor's credentials.</summary>
    public static void MapInternalApi(this IEndpointRouteBuilder routes) => routes
        .MapGet("/internal/cart/summary", async (HttpContext context, CartService carts, CartGlances glances, CancellationToken cancellationToken) =>
            glances.Of(await carts.ShowAsync(context, cancellationToken)))
        .AddEndpointFilter<CartProblemFilter>();
}
