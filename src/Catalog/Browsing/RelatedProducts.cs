using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Browsing;

/// <summary>What goes with a product: its other colours, things of its department at a like price, and what was looked at before.</summary>
internal static class RelatedProducts
{
    public static Task<List<Product>> ColoursAsync(CatalogContext database, Product product, CancellationToken cancellationToken) => product.Family is null
        ? Task.FromResult(new List<Product>())
        : database.Listed.Include(p => p.Category).Where(p => p.Family == product.Family).OrderBy(p => p.Id).ToListAsync(cancellationToken);

    public static async Task<List<Product>> SimilarAsync(CatalogContext database, Product product, int most, CancellationToken cancellationToken)
    {
        var department = database.Listed.Include(p => p.Category).Include(p => p.Variants)
            .Where(p => p.CategoryId == product.CategoryId && p.Id != product.Id && (product.Family == null || p.Family != product.Family) && p.Stock > p.Held);
        // The neighbours by price on either side, found by the index; a few more than shown, as colours of one thing count once.
        var above = await department.Where(p => p.Price >= product.Price).OrderBy(p => p.Price).ThenBy(p => p.Id).Take(most * 4).ToListAsync(cancellationToken);
        var below = await department.Where(p => p.Price < product.Price).OrderByDescending(p => p.Price).ThenBy(p => p.Id).Take(most * 4).ToListAsync(cancellationToken);
        return above.Concat(below).DistinctBy(p => p.Family ?? p.Slug).OrderBy(p => Math.Abs(p.Price - product.Price)).ThenBy(p => p.Id).Take(most).ToList();
    }

    public static async Task<List<Product>> ByIdAsync(CatalogContext database, IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return [];
        var products = await database.Listed.Include(p => p.Category).Where(p => ids.Contains(p.Id)).ToListAsync(cancellationToken);
        return [.. products.OrderBy(p => ids.ToList().IndexOf(p.Id))];
    }
}
