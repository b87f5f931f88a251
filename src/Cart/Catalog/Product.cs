using ShopSession.Cart.Carts;
using ShopSession.Data;

namespace ShopSession.Cart.Catalog;

/// <summary>A product as the Catalog sells it now.</summary>
internal sealed record Product(
    ProductId Id, string Slug, string Name, decimal Price, string Currency, int Stock, string? ImageUrl, bool Available, bool Retired = false)
{
    /// <summary>Whether it is sold at all. The Catalog calls a product that is sold out unavailable too; it comes back.</summary>
    public bool IsSold => !Retired && (Available || Stock <= 0);

    public ProductMemo ToMemo(DateTimeOffset now) => new(Name, Slug, ImageUrl, MoneyConverter.ToCents(Money.Round(Price)), now.ToUnixTimeMilliseconds());
}
