using ShopSession.Cart.Catalog;
using ShopSession.Cart.Views;

namespace ShopSession.Cart.Checkout;

/// <summary>Decides whether a cart can be ordered as the shopper saw it.</summary>
internal static class OrderableCart
{
    /// <summary>The totals to be ordered.</summary>
    /// <exception cref="CatalogUnavailableException">Prices cannot be checked.</exception>
    /// <exception cref="CartNotOrderableException">A line has a problem, or the total is not what the shopper was shown.</exception>
    public static OrderTotals Check(CartView cart, CheckoutDetails details, decimal? acceptedTotal)
    {
        if (!cart.Verified) throw new CatalogUnavailableException(T["The catalog did not answer, so nothing was ordered."]);
        if (Has(cart, LineProblem.OutOfStock) || Has(cart, LineProblem.InsufficientStock))
            throw new CartNotOrderableException("insufficient-stock", T["There is not enough of everything in the cart. See the lines, change them, then order."], cart);
        if (Has(cart, LineProblem.Unavailable))
            throw new CartNotOrderableException("cart-changed", T["Something in the cart is no longer sold. Remove it, then order."], cart);

        var totals = TotalsRules.Of(cart.Total, details.Country, details.Delivery);
        // Who was shown the total has seen the new prices in it; who was not has to be told of them first.
        if (acceptedTotal is null && Has(cart, LineProblem.PriceChanged))
            throw new CartNotOrderableException("cart-changed", T["A price changed since it was put in the cart. Send acceptedTotal to order at the new total."], cart, totals);
        if (acceptedTotal is { } accepted && accepted != totals.Total)
            throw new CartNotOrderableException("total-changed", T[$"The total is now {Money.Format(totals.Total)}; you were shown {Money.Format(accepted)}. Nothing was ordered yet: look again, then order."], cart, totals);
        return totals;
    }

    private static bool Has(CartView cart, string problem) => cart.Lines.Any(line => line.Problems.Contains(problem));
}
