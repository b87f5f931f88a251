using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Cart.Orders;

namespace ShopSession.Cart.Pages.Orders;

/// <summary>The visitor's orders, newest first.</summary>
internal sealed class IndexModel(OrderQueries orders) : PageModel
{
    private const int PageSize = 10;

    public IReadOnlyList<Order> Orders { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; }

    public async Task OnGetAsync(string? page, CancellationToken cancellationToken)
    {
        // A page that does not exist is no reason to show nothing: the first one is.
        Number = int.TryParse(page, out var number) && number is > 0 and < 1_000_000 ? number : 1;
        (Orders, var total) = await orders.ListAsync(await OrderOwner.AllOfAsync(HttpContext, cancellationToken), Number, PageSize, cancellationToken);
        Pages = (total + PageSize - 1) / PageSize;
        Response.Headers.CacheControl = "no-store";
    }
}
