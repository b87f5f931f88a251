using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Cart.Orders;
using ShopSession.Web.Components;

namespace ShopSession.Cart.Pages.Orders;

/// <summary>The visitor's orders, newest first.</summary>
internal sealed class IndexModel(OrderQueries orders, ArrivingOrders arriving) : PageModel
{
    private const int PageSize = 10;

    public IReadOnlyList<Order> Orders { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; }

    public async Task OnGetAsync(string? page, CancellationToken cancellationToken)
    {
        // A page that does not exist is no reason to show nothing: the first one is.
        Number = int.TryParse(page, out var number) && number is > 0 and < 1_000_000 ? number : 1;
        var came = await arriving.TakeInAsync(HttpContext, cancellationToken);
        if (came > 0) TempData.Flash(came == 1 ? "An order that you placed as a guest is in your account now." : $"{came} orders that you placed as a guest are in your account now.");
        (Orders, var total) = await orders.ListAsync(await OrderViewer.OfAsync(HttpContext, cancellationToken), Number, PageSize, cancellationToken);
        Pages = (total + PageSize - 1) / PageSize;
        Response.Headers.CacheControl = "no-store";
    }
}
