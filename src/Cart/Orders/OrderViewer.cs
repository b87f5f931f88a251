using ShopSession.Cart.Carts;

namespace ShopSession.Cart.Orders;

/// <summary>Whose orders may be seen.</summary>
/// <param name="Owners">Everybody that the visitor is (<see cref="OrderOwner"/>).</param>
/// <param name="Found">Orders that the visitor named number and e-mail address of, in this session.</param>
internal sealed record OrderViewer(IReadOnlyList<string> Owners, IReadOnlyList<Guid> Found)
{
    /// <summary>The shop itself, which sees all orders.</summary>
    public static OrderViewer Shop { get; } = new([], []) { SeesAll = true };

    private bool SeesAll { get; init; }

    /// <summary>The visitor: the account, the guest cart at hand, guest carts ordered from earlier in this session, orders found by number.</summary>
    public static async Task<OrderViewer> OfAsync(HttpContext context, CancellationToken cancellationToken)
    {
        await context.Session.LoadAsync(cancellationToken);
        var owners = OrderOwner.Remembered(context).ToList();
        if (CartId.TryParse(context.Session.GetString(CurrentCart.SessionKey), out var guest)) owners.Add(OrderOwner.Of(guest).Value);
        if (CurrentCart.SignedIn(context) is { } user) owners.Add(OrderOwner.Of(user).Value);
        return new OrderViewer(owners, FoundOrders.Of(context));
    }

    /// <summary>The orders among <paramref name="orders"/> that this viewer may see.</summary>
    public IQueryable<Order> Filter(IQueryable<Order> orders) => SeesAll
        ? orders
        : orders.Where(order => Owners.Contains(order.Owner) || (order.Account != null && Owners.Contains(order.Account)) || Found.Contains(order.Id));
}

/// <summary>The orders that a visitor found by number and e-mail address, kept in the session.</summary>
internal static class FoundOrders
{
    private const string SessionKey = "orders.found";
    private const int Most = 8;

    public static IReadOnlyList<Guid> Of(HttpContext context) =>
        [.. (context.Session.GetString(SessionKey) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];

    public static void Add(HttpContext context, Guid order)
    {
        var known = Of(context);
        if (!known.Contains(order)) context.Session.SetString(SessionKey, string.Join(',', known.Append(order).TakeLast(Most)));
    }
}
