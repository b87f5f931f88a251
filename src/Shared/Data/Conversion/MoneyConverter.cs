using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ShopSession.Data;

/// <summary>
/// Stores money as a whole number of cents, so that SQLite, which has no decimal type, sums and sorts it exactly. An amount with a
/// fraction of a cent is refused: rounding is a decision for whoever calculates it.
/// </summary>
public sealed class MoneyConverter() : ValueConverter<decimal, long>(money => ToCents(money), cents => FromCents(cents))
{
    /// <summary>The amount in cents.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount has a fraction of a cent, or more than 92 quadrillion.</exception>
    public static long ToCents(decimal money)
    {
        var cents = money * 100m;
        if (cents != decimal.Truncate(cents)) throw new ArgumentOutOfRangeException(nameof(money), money, "Money is stored in whole cents: round the amount to two decimals first.");
        if (cents is > long.MaxValue or < long.MinValue) throw new ArgumentOutOfRangeException(nameof(money), money, "The amount is too large to be stored.");
        return (long)cents;
    }

    /// <summary>The amount of so many cents, with two decimals.</summary>
    public static decimal FromCents(long cents) => cents / 100m + 0.00m;
}
