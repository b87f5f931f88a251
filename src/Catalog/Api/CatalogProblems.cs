using ShopSession.Catalog.Products;
using ShopSession.Web.Errors;

namespace ShopSession.Catalog.Api;

/// <summary>The problems that only the catalog answers with.</summary>
internal static class CatalogProblems
{
    /// <summary>A product that was retired: its address is remembered, so that it is never another one's.</summary>
    public static ShopProblem NoLongerSold(Product product) => new("no-longer-sold", 410, T["No longer sold"], T[$"{product.FullName} is no longer sold. Orders that have it stay as they are."]);
}
