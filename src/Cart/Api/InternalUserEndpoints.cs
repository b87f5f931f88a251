using ShopSession.Cart.Carts;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Views;
using ShopSession.Sessions;

namespace ShopSession.Cart.Api;

/// <summary>What auth asks when a user wants their data, or wants to be forgotten. Not reachable through the gateway.</summary>
internal static class InternalUserEndpoints
{
    public static void MapInternalUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/internal/users/{id}").AddEndpointFilter<CartProblemFilter>().DisableSharedSession();
        users.MapGet("/export", ExportAsync);
        users.MapDelete("", ForgetAsync);
    }

    private static async Task<UserExport> ExportAsync(string id, ICartStore carts, CartViews views, OrderQueries orders, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        var user = new UserId(id);
        var cart = await views.ShowAsync(await carts.ReadAsync(CartId.ForUser(user), cancellationToken), cancellationToken);
        var all = await orders.AllAsync(new OrderViewer([OrderOwner.Of(user).Value], []), cancellationToken);
        return new UserExport([.. all.Select(OrderResponse.Of)], CartResponse.Of(cart));
    }

    /// <summary>204, also when there is nothing to forget.</summary>
    private static async Task<IResult> ForgetAsync(string id, ICartStore carts, OrderErasure erasure, CancellationToken cancellationToken)
    {
        var user = new UserId(id);
        await erasure.ForgetAsync(user, cancellationToken);
        await carts.DeleteAsync(CartId.ForUser(user), cancellationToken);
        return TypedResults.NoContent();
    }

    internal sealed record UserExport(IReadOnlyList<OrderResponse> Orders, CartResponse Cart);
}
