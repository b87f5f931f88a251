namespace ShopSession.Cart.Orders;

/// <summary>The form in which e-mail addresses are compared: without blanks around, in lower case.</summary>
internal static class EmailKey
{
    public static string Of(string? email) => (email ?? "").Trim().ToLowerInvariant();
}
