using Microsoft.AspNetCore.Mvc;
using ShopSession.Cart.Api;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Views;
using ShopSession.Web.Returns;

namespace ShopSession.Cart.Pages;

/// <summary>
/// Takes the siblings' "add to cart" forms: <c>productId</c>, <c>quantity</c> (1 when missing), <c>returnUrl</c>. Answers 303 to the
/// return address or the cart; to a script that accepts JSON, the cart for the header.
/// </summary>
[RequestFormLimits(ValueCountLimit = 16)]
[RequestSizeLimit(16 * 1024)]
[Limited(LimitedRequest.CartChange)]
internal sealed class ItemsModel(CartService carts, CartViews views, CartGlances glances, ReturnUrls returns) : CartPageModel(carts, views)
{
    public static IActionResult OnGet() => new SeeOtherResult("/");

    public async Task<IActionResult> OnPostAsync(string? productId, string? quantity, string? returnUrl, CancellationToken cancellationToken)
    {
        if (!AcceptsJson()) return await DoAsync(() => AddAsync(productId, quantity, cancellationToken), returns.TryAccept(returnUrl, out var next) ? next : "/", cancellationToken);
        Response.Headers.CacheControl = "no-store";
        try
        {
            return new JsonResult(glances.Of(await AddAsync(productId, quantity, cancellationToken)));
        }
        catch (Exception exception) when (CartProblems.Of(exception) is not null)
        {
            await CartProblems.Of(exception)!.AsResult().ExecuteAsync(HttpContext);
            return new EmptyResult();
        }
    }

    private Task<CartState> AddAsync(string? productId, string? quantity, CancellationToken cancellationToken) => Carts.AddAsync(
        HttpContext,
        CartInput.FormProduct(productId),
        CartInput.Quantity(CartInput.Number("quantity", quantity) ?? 1, least: 1),
        operationKey: null,
        cancellationToken);

    private bool AcceptsJson() => Request.GetTypedHeaders().Accept is { Count: > 0 } accepted
        && accepted.MaxBy(type => type.Quality ?? 1)!.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
