using System.Globalization;

namespace ShopSession.Cart;

/// <summary>Amounts are decimal euros in the program and on the wire, whole cents where they are stored.</summary>
internal static class Money
{
    public const string Currency = "EUR";

    /// <summary>Rounds to whole cents, half away from zero, as invoices do.</summary>
    public static decimal Round(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);

    /// <summary>For people: <c>€1,234.50</c>.</summary>
    public static string Format(decimal amount) => amount.ToString("€#,##0.00;−€#,##0.00", CultureInfo.InvariantCulture);
}
