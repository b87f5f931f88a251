using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Catalog.Browsing;
using ShopSession.Catalog.Caching;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Pages;

/// <summary>The storefront.</summary>
internal sealed class IndexModel(CatalogContext database, CatalogCache cache) : PageModel
{
    public Storefront Front { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Front = await cache.GetAsync(nameof(Storefront), () => Storefront.ReadAsync(database, cancellationToken), cancellationToken);
}
