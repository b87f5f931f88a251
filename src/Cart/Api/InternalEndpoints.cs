using ShopSession.Cart.Carts;

namespace ShopSession.Cart.Api;

/// <summary>What siblings ask. Not reachable through the gateway.</summary>
internal static class InternalEndpoints
{
    /// <summary>The number for the header; the caller forwards the visitor's credentials.</summary>
    public static void MapInternalApi(this IEndpointRouteBuilder routes) => routes
        .MapGet("/internal/cart/summary", async (HttpContext context, CartService carts, CancellationToken cancellationToken) =>
            new Summary(await carts.CountAsync(context, cancellationToken)))
        .AddEndpointFilter<CartProblemFilter>();

    internal sealed record Summary(int Count);
}
