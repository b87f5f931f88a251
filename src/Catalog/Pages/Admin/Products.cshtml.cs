using Microsoft.AspNetCore.Mvc.RazorPages;
using ShopSession.Catalog.Administration;
using ShopSession.Catalog.Search;
using ShopSession.Web.Security;

namespace ShopSession.Catalog.Pages.Admin;

/// <summary>All products, for administrators. Takes the same wishes as the shop's own list; what is no longer sold has a list of its own.</summary>
[AdministratorsOnly]
internal sealed class ProductsModel(ProductSearch search, ProductFinder finder) : PageModel
{
    public ProductPage List { get; private set; } = null!;

    public IReadOnlyDictionary<string, string[]> Errors { get; private set; } = new Dictionary<string, string[]>();

    /// <summary>Whether what is no longer sold is listed.</summary>
    public bool IsRetired { get; private set; }

    public async Task OnGetAsync(bool retired, CancellationToken cancellationToken)
    {
        var query = ProductQuery.Read(Request.Query, out var errors);
        Errors = errors;
        if (errors.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        IsRetired = retired;
        List = retired ? await finder.RetiredAsync(query, cancellationToken) : await search.ReadAsync(query, withFacets: false, cancellationToken);
        Response.Headers.CacheControl = "no-store";
    }
}
