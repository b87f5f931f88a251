using ShopSession.Cart.Carts;
using ShopSession.Sessions;

namespace ShopSession.Cart.Orders;

/// <summary>Whose an order is: an account's, or that of the guest cart from which it was ordered.</summary>
internal readonly record struct OrderOwner(string Value)
{
    /// <summary>The session attribute that keeps a guest's orders in sight, also after signing in.</summary>
    public const string SessionKey = "orders.guest";

    private const int MostInSession = 8;

    public bool IsAccount => Value.StartsWith("user:", StringComparison.Ordinal);

    public static OrderOwner Of(UserId user) => new("user:" + user.Value);

    public static OrderOwner Of(CartId guest) => new("guest:" + guest.Digest("owner"));

    /// <summary>Keeps a guest's orders visible to this session.</summary>
    public void RememberIn(HttpContext context)
    {
        var known = Remembered(context);
        if (!known.Contains(Value)) context.Session.SetString(SessionKey, string.Join(',', known.Append(Value).TakeLast(MostInSession)));
    }

    /// <summary>The guest carts that were ordered from in this session.</summary>
    public static string[] Remembered(HttpContext context) =>
        context.Session.GetString(SessionKey)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
