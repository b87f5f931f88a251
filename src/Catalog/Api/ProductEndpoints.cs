using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Pictures;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Search;
using ShopSession.Sessions;
using ShopSession.Web.Errors;

namespace ShopSession.Catalog.Api;

/// <summary>The public JSON API. What it tells is the same for everybody, so it reads no session.</summary>
internal static class ProductEndpoints
{
    public static void MapProductApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").DisableSharedSession().AddEndpointFilter<EntityTagFilter>();
        api.MapGet("/products", ListAsync);
        api.MapGet("/products/{id}", FindAsync);
        api.MapGet("/categories", CategoriesAsync);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, ProductSearch search, ProductPictures pictures, CancellationToken cancellationToken)
    {
        var query = ProductQuery.Read(request.Query, out var errors);
        if (errors.Count > 0) return ShopProblems.Invalid(errors).AsResult();
        var page = await search.FindAsync(query, withFacets: false, cancellationToken);
        return TypedResults.Ok(new ProductItems([.. page.Items.Select(product => ProductItem.Of(product, pictures))], page.Total, query.Page, query.PageSize, page.Corrected));
    }

    private static async Task<IResult> FindAsync(string id, CatalogContext database, ProductPictures pictures, CancellationToken cancellationToken)
    {
        if (!int.TryParse(id, out var number)) return ShopProblems.Invalid("id", "A product's id is a whole number.").AsResult();
        var product = await database.Products.AsNoTracking().Include(p => p.Category).Include(p => p.Variants.OrderBy(variant => variant.Id)).FirstOrDefaultAsync(p => p.Id == number, cancellationToken);
        if (product is null) return NotFound(number);
        return product.RetiredAt is null ? TypedResults.Ok(ProductDetail.Of(product, pictures)) : CatalogProblems.NoLongerSold(product).AsResult();
    }

    private static async Task<IResult> CategoriesAsync(CatalogContext database, CancellationToken cancellationToken)
    {
        var categories = await database.Categories.AsNoTracking().OrderBy(category => category.Id)
            .Select(category => new CategoryItem(category.Id, category.Slug, category.Name, category.Blurb, database.Products.Count(product => product.CategoryId == category.Id && product.ParentId == null && product.RetiredAt == null)))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(categories);
    }

    private static IResult NotFound(int id) => (ShopProblems.NotFound with { Detail = $"There is no product {id}." }).AsResult();
}
