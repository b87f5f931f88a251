using System.Globalization;

namespace ShopSession.Cart.Carts;

/// <summary>The Catalog's number of a product; positive.</summary>
internal readonly record struct ProductId(int Value) : IComparable<ProductId>
{
    public int CompareTo(ProductId other) => Value.CompareTo(other.Value);

    public static bool TryParse(ReadOnlySpan<char> text, out ProductId id)
    {
        var valid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0;
        id = new ProductId(value);
        return valid;
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
