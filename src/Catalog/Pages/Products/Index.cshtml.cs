using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Localization;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Search;

namespace ShopSession.Catalog.Pages.Products;

/// <summary>The list of products: searched, filtered, sorted, page by page.</summary>
internal sealed class IndexModel(ProductSearch search, CatalogContext database) : PageModel
{
    public ProductPage List { get; private set; } = null!;

    public Category? Category { get; private set; }

    public IReadOnlyDictionary<string, string[]> Errors { get; private set; } = new Dictionary<string, string[]>();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var query = ProductQuery.Read(Request.Query, out var errors);
        Errors = errors;
        if (query.Category is { } slug)
        {
            Category = await database.Categories.AsNoTracking().FirstOrDefaultAsync(category => category.Slug == slug, cancellationToken);
            if (Category is null) return NotFound();
        }

        List = await search.FindAsync(query, withFacets: true, cancellationToken);
        // What the address asks for is not understood; the page shows the rest, and says so.
        if (errors.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    public string Heading => Category is { } category ? Goods.Say(category.Name) : List.Query.Search is null ? T["All goods"] : T["Search"];
}
