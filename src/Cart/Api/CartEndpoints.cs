using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Views;

namespace ShopSession.Cart.Api;

/// <summary>The JSON API of the cart.</summary>
internal static class CartEndpoints
{
    /// <summary>A cart request is a few dozen bytes; more is a mistake.</summary>
    private const int MaxBytes = 8 * 1024;

    public static void MapCartApi(this IEndpointRouteBuilder routes)
    {
        var cart = routes.MapGroup("/api/cart").AddEndpointFilter<CartProblemFilter>().WithRequestLimit(MaxBytes).WithMetadata(new LimitedAttribute(LimitedRequest.CartChange));
        cart.MapGet("", ShowAsync);
        cart.MapDelete("", ClearAsync);
        cart.MapPost("/items", AddAsync);
        cart.MapPut("/items/{productId}", SetAsync);
        cart.MapDelete("/items/{productId}", RemoveAsync);
        cart.MapPost("/saved", SaveAsync);
        cart.MapPost("/saved/{productId}/restore", RestoreAsync);
        cart.MapDelete("/saved/{productId}", ForgetAsync);
        cart.MapPost("/merges/{id}/undo", (string id, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken) =>
            AnswerAsync(context, carts.UndoMergeAsync(context, id, cancellationToken), views, cancellationToken));
        cart.MapPost("/merges/{id}/keep", (string id, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken) =>
            AnswerAsync(context, carts.KeepMergeAsync(context, id, cancellationToken), views, cancellationToken));
    }

    private static Task<Ok<CartResponse>> ShowAsync(HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken) =>
        AnswerAsync(context, carts.ShowAsync(context, cancellationToken), views, cancellationToken);

    private static Task<Ok<CartResponse>> AddAsync(
        AddItemRequest request, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken)
    {
        var product = CartInput.Product(request.ProductId);
        var quantity = CartInput.Quantity(request.Quantity, least: 1);
        var key = CartInput.OperationKey(context.Request);
        return AnswerAsync(context, carts.AddAsync(context, product, quantity, key, cancellationToken), views, cancellationToken);
    }

    private static Task<Ok<CartResponse>> SetAsync(
        string productId, SetItemRequest request, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken)
    {
        var quantity = CartInput.Quantity(request.Quantity, least: 0);
        var version = CartInput.Version(context.Request, request.Version);
        return AnswerAsync(
            context, carts.SetAsync(context, CartInput.RouteProduct(productId), quantity, version, cancellationToken), views, cancellationToken);
    }

    private static Task<Ok<CartResponse>> RemoveAsync(
        string productId, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken) =>
        AnswerAsync(
            context,
            carts.RemoveAsync(context, CartInput.RouteProduct(productId), CartInput.Version(context.Request, null), cancellationToken),
            views,
            cancellationToken);

    private static Task<Ok<CartResponse>> ClearAsync(HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken) =>
        AnswerAsync(context, carts.ClearAsync(context, CartInput.Version(context.Request, null), cancellationToken), views, cancellationToken);

    private static Task<Ok<CartResponse>> SaveAsync(
        SaveItemRequest request, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken) =>
        AnswerAsync(context, carts.SaveAsync(context, CartInput.Product(request.ProductId), cancellationToken), views, cancellationToken);

    private static Task<Ok<CartResponse>> RestoreAsync(
        string productId, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken) =>
        AnswerAsync(context, carts.RestoreAsync(context, CartInput.RouteProduct(productId), cancellationToken), views, cancellationToken);

    private static Task<Ok<CartResponse>> ForgetAsync(
        string productId, HttpContext context, CartService carts, CartViews views, CancellationToken cancellationToken) =>
        AnswerAsync(context, carts.ForgetAsync(context, CartInput.RouteProduct(productId), cancellationToken), views, cancellationToken);

    private static async Task<Ok<CartResponse>> AnswerAsync(
        HttpContext context, Task<CartState> change, CartViews views, CancellationToken cancellationToken)
    {
        var cart = await views.ShowAsync(await change, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{cart.Version}\"");
        return TypedResults.Ok(CartResponse.Of(cart));
    }

    internal sealed record AddItemRequest(int? ProductId, int? Quantity);

    internal sealed record SetItemRequest(int? Quantity, long? Version);

    internal sealed record SaveItemRequest(int? ProductId);
}
