using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Cart.Orders;
using ShopSession.Web.Security;

namespace ShopSession.Cart.Pages.Admin;

/// <summary>All orders, for administrators.</summary>
[AdministratorsOnly]
internal sealed class OrdersModel(OrderQueries orders) : PageModel
{
    private const int PageSize = 20;

    public OrderFilter Filter { get; private set; } = new(null, null);

    public IReadOnlyList<Order> Orders { get; private set; } = [];

    public string? Wrong { get; private set; }

    public int Number { get; private set; } = 1;

    public int Total { get; private set; }

    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task OnGetAsync(string? status, string? search, string? page, CancellationToken cancellationToken)
    {
        Filter = OrderFilter.Read(status, search, out var wrong);
        Wrong = wrong;
        if (wrong is not null) Response.StatusCode = StatusCodes.Status400BadRequest;
        Number = int.TryParse(page, out var number) && number is > 0 and < 1_000_000 ? number : 1;
        (Orders, Total) = await orders.ListAsync(OrderViewer.Shop, Number, PageSize, cancellationToken, Filter.Apply);
        Response.Headers.CacheControl = "no-store";
    }
}
