using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Browsing;
using ShopSession.Catalog.Caching;
using ShopSession.Catalog.Products;
using ShopSession.Sessions;

namespace ShopSession.Catalog.Pages.Products;

/// <summary>One product.</summary>
internal sealed class ProductModel(CatalogContext database, CatalogCache cache) : PageModel
{
    private const int MostSimilar = 4;

    public Product Product { get; private set; } = null!;

    public IReadOnlyList<Product> Colours { get; private set; } = [];

    public IReadOnlyList<Product> Similar { get; private set; } = [];

    public IReadOnlyList<Product> Recent { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellationToken)
    {
        var product = await database.Products.AsNoTracking().Include(p => p.Category).FirstOrDefaultAsync(p => p.Slug == slug, cancellationToken);
        if (product is null) return NotFound();
        Product = product;
        Colours = await RelatedProducts.ColoursAsync(database, product, cancellationToken);
        Similar = await cache.GetAsync(("similar", product.Id), () => RelatedProducts.SimilarAsync(database, product, MostSimilar, cancellationToken), cancellationToken);
        if (HttpContext.Features.Get<ISharedSession>() is { Exists: true })
        {
            var before = RecentlyViewed.Read(HttpContext.Session).Where(id => id != product.Id).Take(MostSimilar).ToList();
            Recent = await RelatedProducts.ByIdAsync(database, before, cancellationToken);
            RecentlyViewed.Add(HttpContext.Session, product.Id);
        }

        return Page();
    }
}
