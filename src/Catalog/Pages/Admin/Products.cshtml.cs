using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Catalog.Search;
using ShopSession.Web.Security;

namespace ShopSession.Catalog.Pages.Admin;

/// <summary>All products, for administrators. Takes the same wishes as the shop's own list.</summary>
[AdministratorsOnly]
internal sealed class ProductsModel(ProductSearch search) : PageModel
{
    public ProductPage List { get; private set; } = null!;

    public IReadOnlyDictionary<string, string[]> Errors { get; private set; } = new Dictionary<string, string[]>();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var query = ProductQuery.Read(Request.Query, out var errors);
        Errors = errors;
        if (errors.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        List = await search.ReadAsync(query, withFacets: false, cancellationToken);
        Response.Headers.CacheControl = "no-store";
    }
}
