using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Cart.Api;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Catalog;
using ShopSession.Cart.Limits;
using ShopSession.Cart.Orders;
using ShopSession.Web.Components;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Pages.Orders;

/// <summary>One order of the visitor's own. While it is under way the page looks again by itself.</summary>
[Limited(LimitedRequest.Order)]
internal sealed class DetailModel(OrderQueries orders, OrderCancellation cancellation, CartService carts) : PageModel
{
    public Order Order { get; private set; } = new();

    public ShopProblem? Problem { get; private set; }

    public bool IsUnderWay => !Order.State.IsFinal();

    public async Task<IActionResult> OnGetAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } order) return await NotFoundAsync();
        Order = order;
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    /// <summary>Cancels the whole order. Pressing again finds it cancelled.</summary>
    public async Task<IActionResult> OnPostCancelAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } order) return await NotFoundAsync();
        try
        {
            await cancellation.CancelAsync(order.Id, OrderActor.Customer, note: null, cancellationToken);
            return new SeeOtherResult($"/orders/{order.Id}");
        }
        catch (OrderNotCancellableException late)
        {
            Problem = CartProblems.Of(late)!;
            Order = await FindAsync(id, cancellationToken) ?? order;
            Response.StatusCode = Problem.Status;
            Response.Headers.CacheControl = "no-store";
            return Page();
        }
    }

    /// <summary>Puts the order's products into the cart once more, as far as they are sold and fit.</summary>
    public async Task<IActionResult> OnPostReorderAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } order) return await NotFoundAsync();
        List<string> left = [];
        foreach (var line in order.Lines)
        {
            try
            {
                await carts.AddAsync(HttpContext, new ProductId(line.ProductId), line.Quantity, operationKey: null, cancellationToken);
            }
            catch (Exception exception) when (exception is UnknownProductException or ProductUnavailableException or LineQuantityLimitException or LineCountLimitException)
            {
                left.Add(line.Name);
            }
        }
        if (left.Count == 0) TempData.Flash(T["Everything from your order is in the cart again."]);
        else TempData.Flash(T[$"Not put in, because it is no longer sold or does not fit: {string.Join(", ", left)}."], "warning");
        return new SeeOtherResult("/");
    }

    private async Task<Order?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParse(id, out var order) ? await orders.FindAsync(await OrderViewer.OfAsync(HttpContext, cancellationToken), order, cancellationToken) : null;

    private async Task<IActionResult> NotFoundAsync()
    {
        await CartProblems.OrderNotFound.AsResult().ExecuteAsync(HttpContext);
        return new EmptyResult();
    }
}
