using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Search;

namespace ShopSession.Catalog.Administration;

/// <summary>What administrators see of products beyond the shop's own lists. Scoped: one per request.</summary>
internal sealed class ProductFinder(CatalogContext database)
{
    private const int MostChanges = 50;

    /// <summary>A page of what is no longer sold, latest first; of the wishes only the page counts.</summary>
    public async Task<ProductPage> RetiredAsync(ProductQuery query, CancellationToken cancellationToken)
    {
        var retired = database.Products.AsNoTracking().Where(product => product.RetiredAt != null && product.ParentId == null);
        var items = await retired.OrderByDescending(product => product.RetiredAt).ThenBy(product => product.Id).Skip((query.Page - 1) * query.PageSize).Take(query.PageSize)
            .Include(product => product.Category).Include(product => product.Variants).ToListAsync(cancellationToken);
        return new ProductPage(items, await retired.CountAsync(cancellationToken), query, new ProductFacets([], [], 0, 0, []));
    }

    /// <summary>One product, retired or not, with its other sizes.</summary>
    public Task<Product?> FindAsync(int id, CancellationToken cancellationToken) =>
        database.Products.AsNoTracking().Include(product => product.Category).Include(product => product.Variants.OrderBy(variant => variant.Id)).SingleOrDefaultAsync(product => product.Id == id, cancellationToken);

    /// <summary>What administrators changed at it, latest first.</summary>
    public async Task<IReadOnlyList<ProductChange>> ChangesAsync(int id, CancellationToken cancellationToken) =>
        await database.Changes.AsNoTracking().Where(change => change.ProductId == id).OrderByDescending(change => change.At).ThenByDescending(change => change.Id).Take(MostChanges).ToListAsync(cancellationToken);
}
