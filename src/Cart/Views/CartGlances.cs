using ShopSession.Cart.Carts;
using ShopSession.Data;
using ShopSession.Web;
using ShopSession.Web.CartSummary;

namespace ShopSession.Cart.Views;

/// <summary>Makes the header's view of a cart from what is stored with it: no other service is asked for an ornament.</summary>
internal sealed class CartGlances(ShopUrls urls)
{
    public CartGlance Of(CartState cart)
    {
        var lines = cart.LinesByAge.Reverse().Select(Line).ToList();
        return new CartGlance(cart.Count, lines.Sum(line => line.LineTotal) + 0.00m, [.. lines.Take(CartGlance.MostLines)], Math.Max(0, lines.Count - CartGlance.MostLines));
    }

    private CartGlanceLine Line(CartLine line) => new(
        line.Memo?.Name ?? T[$"Product {line.Product}"],
        line.Quantity,
        MoneyConverter.FromCents(line.Memo?.PriceCents ?? 0) * line.Quantity,
        line.Memo?.Slug is { } slug ? urls.Catalog("/products/" + Uri.EscapeDataString(slug)) : null);
}
