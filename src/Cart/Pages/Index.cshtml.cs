using Microsoft.AspNetCore.Mvc;
using ShopSession.Cart.Api;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Views;

namespace ShopSession.Cart.Pages;

/// <summary>The cart. Every button is a small form of its own, so the page works without scripts.</summary>
[Limited(LimitedRequest.CartChange)]
internal sealed class IndexModel(CartService carts, CartViews views) : CartPageModel(carts, views)
{
    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(cancellationToken);

    /// <summary>A typed quantity. <paramref name="seen"/> is the one that the page showed.</summary>
    public Task<IActionResult> OnPostSetAsync(string? productId, string? quantity, string? seen, CancellationToken cancellationToken) => DoAsync(
        () =>
        {
            var product = CartInput.FormProduct(productId);
            var wanted = CartInput.Quantity(CartInput.Number("quantity", quantity), least: 0);
            return wanted == 0 ? Carts.SetAsync(HttpContext, product, 0, null, cancellationToken)
                : Carts.SetSeenAsync(HttpContext, product, wanted, CartInput.Number("seen", seen) ?? wanted, cancellationToken);
        },
        cancellationToken);

    public Task<IActionResult> OnPostMoreAsync(string? productId, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.StepAsync(HttpContext, CartInput.FormProduct(productId), 1, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostFewerAsync(string? productId, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.StepAsync(HttpContext, CartInput.FormProduct(productId), -1, cancellationToken), cancellationToken);

    /// <summary>Removing what another tab removed already is no mistake.</summary>
    public Task<IActionResult> OnPostRemoveAsync(string? productId, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.SetAsync(HttpContext, CartInput.FormProduct(productId), 0, null, cancellationToken), cancellationToken);

    /// <summary>The new price was seen: from now on it is the known one.</summary>
    public Task<IActionResult> OnPostAcceptAsync(string? productId, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.StepAsync(HttpContext, CartInput.FormProduct(productId), 0, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostSaveAsync(string? productId, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.SaveAsync(HttpContext, CartInput.FormProduct(productId), cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostRestoreAsync(string? productId, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.RestoreAsync(HttpContext, CartInput.FormProduct(productId), cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostForgetAsync(string? productId, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.ForgetAsync(HttpContext, CartInput.FormProduct(productId), cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostUndoMergeAsync(string? merge, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.UndoMergeAsync(HttpContext, merge ?? "", cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostKeepMergeAsync(string? merge, CancellationToken cancellationToken) =>
        DoAsync(() => Carts.KeepMergeAsync(HttpContext, merge ?? "", cancellationToken), cancellationToken);

    private Task<IActionResult> DoAsync(Func<Task> change, CancellationToken cancellationToken) => DoAsync(change, "/", cancellationToken);
}
