using System.Linq.Expressions;
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

    /// <summary>The sizes to choose from; <see langword="null"/> when there is one only.</summary>
    public SizeChoice? Sizes { get; private set; }

    public IReadOnlyList<Product> Colours { get; private set; } = [];

    public IReadOnlyList<Product> Similar { get; private set; } = [];

    public IReadOnlyList<Product> Recent { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancellationToken)
    {
        var asked = await FindAsync(p => p.Slug == slug, cancellationToken);
        // Another size is shown on the page of the listed one.
        var product = asked?.ParentId is { } parent ? await FindAsync(p => p.Id == parent, cancellationToken) : asked;
        if (product is null) return NotFound();
        Product = product;
        if (product.RetiredAt is not null)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return Page();
        }

        Sizes = SizeChoice.Of(product, asked!.Id);
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

    private Task<Product?> FindAsync(Expression<Func<Product, bool>> which, CancellationToken cancellationToken) =>
        database.Products.AsNoTracking().Include(p => p.Category).Include(p => p.Variants).FirstOrDefaultAsync(which, cancellationToken);
}
