using ShopSession.Cart.Checkout;

namespace ShopSession.Cart.Tests.Checkout;

public sealed class CheckoutRulesTests
{
    [Theory]
    [InlineData("49.99", "DE", "standard", "4.90", "8.76")]
    [InlineData("50.00", "DE", "standard", "0.00", "7.98")]
    [InlineData("50.00", "DE", "express", "9.90", "9.56")]
    [InlineData("50.00", "FI", "standard", "9.90", "12.17")]
    [InlineData("50.00", "CH", "standard", "19.90", "0.00")]
    [InlineData("200.00", "US", "standard", "0.00", "0.00")]
    public void Totals_follow_the_rules(string goods, string country, string delivery, string shipping, string tax)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var totals = TotalsRules.Of(decimal.Parse(goods, culture), country, delivery);
        Assert.Equal((shipping, tax), (totals.Shipping.ToString("0.00", culture), totals.Tax.ToString("0.00", culture)));
        Assert.Equal(totals.Subtotal + totals.Shipping, totals.Total);
    }
}
