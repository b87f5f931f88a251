using ShopSession.Cart.Carts;
using ShopSession.Cart.Catalog;
using ShopSession.Data;

namespace ShopSession.Cart.Views;

/// <summary>Puts carts and the Catalog together. When the Catalog does not answer, the cart is shown all the same, with a mark.</summary>
internal sealed partial class CartViews(ICatalog catalog, ILogger<CartViews> logger)
{
    public async Task<CartView> ShowAsync(CartState cart, CancellationToken cancellationToken)
    {
        var products = await FindAsync([.. cart.Lines.Keys.Union(cart.Saved.Keys)], cancellationToken);
        return new CartView(
            cart.Version,
            [.. cart.LinesByAge.Select(line => Line(line, products))],
            [.. cart.Saved.Values.OrderBy(line => line.Memo?.AddedAt ?? 0).Select(line => Line(line, products))],
            [.. cart.Merges.Where(merge => merge.Value.Shown).OrderBy(merge => merge.Value.At).Select(Merge)],
            products is not null);
    }

    private async Task<IReadOnlyDictionary<ProductId, Product>?> FindAsync(IReadOnlyCollection<ProductId> ids, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.FindAsync(ids, cancellationToken);
        }
        catch (CatalogUnavailableException exception)
        {
            LogUnverified(exception, ids.Count);
            return null;
        }
    }

    private static CartLineView Line(CartLine line, IReadOnlyDictionary<ProductId, Product>? products)
    {
        var memo = line.Memo;
        var seen = memo is null ? (decimal?)null : MoneyConverter.FromCents(memo.PriceCents);
        if (products?.GetValueOrDefault(line.Product) is { IsSold: true } product)
        {
            var changed = seen is { } price && price != product.Price;
            return new CartLineView(
                line.Product, product.Name, product.Slug, product.ImageUrl, product.Price, line.Quantity, product.Stock,
                changed ? seen : null, [.. Problems(line, product, changed)]);
        }
        var problem = products is null ? LineProblem.Unverified : LineProblem.Unavailable;
        return new CartLineView(
            line.Product, memo?.Name ?? T[$"Product {line.Product}"], memo?.Slug, memo?.ImageUrl, seen ?? 0.00m, line.Quantity, null, null, [problem]);
    }

    private static IEnumerable<string> Problems(CartLine line, Product product, bool changed)
    {
        if (changed) yield return LineProblem.PriceChanged;
        if (product.Stock <= 0) yield return LineProblem.OutOfStock;
        else if (product.Stock < line.Quantity) yield return LineProblem.InsufficientStock;
    }

    private static CartMergeView Merge(KeyValuePair<string, CartMerge> merge) =>
        new(merge.Key, merge.Value.Count, merge.Value.Left, merge.Value.At);

    [LoggerMessage(2020, LogLevel.Warning, "The catalog did not answer; a cart with {Products} products is shown with what was last known.")]
    private partial void LogUnverified(Exception exception, int products);
}
