using ShopSession.Data;

namespace ShopSession.Data.Tests;

public sealed class MoneyConverterTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("19.99", 1999)]
    [InlineData("-0.01", -1)]
    [InlineData("1234567890.5", 123456789050)]
    public void An_amount_is_kept_exactly_as_cents(string text, long cents)
    {
        var money = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(cents, MoneyConverter.ToCents(money));
        Assert.Equal(money, MoneyConverter.FromCents(cents));
    }

    [Fact]
    public void An_amount_read_back_shows_two_decimals() => Assert.Equal("19.90", MoneyConverter.FromCents(1990).ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_fraction_of_a_cent_is_refused_rather_than_rounded() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MoneyConverter.ToCents(0.005m));

    [Fact]
    public void An_amount_too_large_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => MoneyConverter.ToCents(decimal.MaxValue / 1000));
}
