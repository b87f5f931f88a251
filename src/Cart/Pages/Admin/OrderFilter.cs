using ShopSession.Cart.Orders;

namespace ShopSession.Cart.Pages.Admin;

/// <summary>Which orders an administrator wants to see, as the address says it.</summary>
internal sealed record OrderFilter(string? Status, string? Search)
{
    private const int MaxSearch = 254;

    /// <summary>The states that can be chosen, by the API's words.</summary>
    public static IReadOnlyDictionary<string, OrderState[]> States { get; } = Enum.GetValues<OrderState>()
        .Where(state => state >= OrderState.PaymentPending)
        .GroupBy(state => state.Word())
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>What the address asks for; what makes no sense is left out and named in <paramref name="wrong"/>.</summary>
    public static OrderFilter Read(string? status, string? search, out string? wrong)
    {
        wrong = null;
        if (status is { Length: > 0 } && !States.ContainsKey(status)) wrong = T[$"There is no status \"{status}\". Choose one of: {string.Join(", ", States.Keys)}."];
        if (search is { Length: > MaxSearch }) wrong = T[$"Search for at most {MaxSearch} characters: an order's number or an e-mail address."];
        return new OrderFilter(status is not null && States.ContainsKey(status) ? status : null, string.IsNullOrWhiteSpace(search) || search.Length > MaxSearch ? null : search.Trim());
    }

    public IQueryable<Order> Apply(IQueryable<Order> orders)
    {
        if (Status is not null)
        {
            var states = States[Status];
            orders = orders.Where(order => states.Contains(order.State));
        }
        if (Search is not null)
        {
            var (number, email) = (OrderNumber.Normal(Search), EmailKey.Of(Search));
            orders = orders.Where(order => order.Number == number || order.EmailKey == email);
        }
        return orders;
    }
}
