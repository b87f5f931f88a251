using System.Globalization;
using ShopSession.Web.Addresses;

namespace ShopSession.Cart.Checkout;

/// <summary>What an order costs.</summary>
/// <param name="Subtotal">The goods, tax included.</param>
/// <param name="Shipping">The delivery, tax included.</param>
/// <param name="Tax">The part of the total that is tax.</param>
/// <param name="TaxRate">Its rate in hundredths of a percent: 1900 is 19 %.</param>
/// <param name="Total">What is to be paid.</param>
internal readonly record struct OrderTotals(decimal Subtotal, decimal Shipping, decimal Tax, int TaxRate, decimal Total);

/// <summary>The ways of delivery. The words are part of the JSON API.</summary>
internal static class DeliveryOption
{
    public const string Standard = "standard";
    public const string Express = "express";

    public static IReadOnlyList<string> All { get; } = [Standard, Express];
}

/// <summary>
/// The rules of what an order costs; nowhere else is anything added, rounded or taxed.
/// <list type="bullet">
/// <item>Prices in the shop are what the shopper pays: they include the VAT of the country of delivery, at its standard rate, within the
/// EU. Orders to other countries are exports without VAT; duties there are the recipient's.</item>
/// <item>Standard delivery is free from a value of goods on; express never is.</item>
/// <item>Delivery shares the tax rate of the goods. The tax is taken out of the total and rounded once, half a cent up.</item>
/// </list>
/// </summary>
internal static class TotalsRules
{
    /// <summary>The shop's own country, where parcels start.</summary>
    public const string Home = Countries.Home;

    private static readonly Zone Domestic = new(4.90m, 9.90m, 50.00m);
    private static readonly Zone Union = new(9.90m, 19.90m, 100.00m);
    private static readonly Zone World = new(19.90m, 39.90m, 200.00m);

    /// <summary>Standard VAT rates of the EU's members, in hundredths of a percent, as of August 2025.</summary>
    private static readonly Dictionary<string, int> VatRates = """
        AT 2000 BE 2100 BG 2000 CY 1900 CZ 2100 DE 1900 DK 2500 EE 2400 ES 2100 FI 2550 FR 2000 GR 2400 HR 2500 HU 2700
        IE 2300 IT 2200 LT 2100 LU 1700 LV 2100 MT 1800 NL 2100 PL 2300 PT 2300 RO 2100 SE 2500 SI 2200 SK 2300
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    public static OrderTotals Of(decimal goods, string country, string delivery)
    {
        var shipping = Shipping(goods, country, delivery);
        var total = goods + shipping;
        var rate = VatRates.GetValueOrDefault(country);
        return new OrderTotals(goods, shipping, Money.Round(total * rate / (10_000 + rate)), rate, total);
    }

    public static decimal Shipping(decimal goods, string country, string delivery)
    {
        var zone = country == Home ? Domestic : VatRates.ContainsKey(country) ? Union : World;
        if (delivery == DeliveryOption.Express) return zone.Express;
        return goods >= zone.FreeFrom ? 0.00m : zone.Standard;
    }

    /// <summary>The value of goods from which standard delivery is free.</summary>
    public static decimal FreeFrom(string country) =>
        (country == Home ? Domestic : VatRates.ContainsKey(country) ? Union : World).FreeFrom;

    private sealed record Zone(decimal Standard, decimal Express, decimal FreeFrom);
}
