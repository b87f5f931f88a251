using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Localization;
using ShopSession.Catalog.Pictures;
using ShopSession.Catalog.Products;
using ShopSession.Sessions;
using ShopSession.Web.Errors;

namespace ShopSession.Catalog.Api;

/// <summary>What sibling services ask about products.</summary>
internal static class InternalProducts
{
    /// <summary>More lines than a cart may have.</summary>
    private const int MaxIds = 200;

    public static void MapInternalProducts(this WebApplication app) =>
        app.MapGet("/internal/products", async (string? ids, string? language, CatalogContext database, ProductPictures pictures, CancellationToken cancellationToken) =>
        {
            var wanted = new HashSet<int>();
            foreach (var part in (ids ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!int.TryParse(part, out var id)) return ShopProblems.Invalid("ids", $"\"{part}\" is no product id: give whole numbers, separated by commas.").AsResult();
                wanted.Add(id);
            }

            if (wanted.Count > MaxIds) return ShopProblems.Invalid("ids", $"Ask for at most {MaxIds} products at once.").AsResult();
            var list = wanted.ToArray();
            var products = await database.Products.AsNoTracking().Include(product => product.Category).Where(product => list.Contains(product.Id)).OrderBy(product => product.Id).ToListAsync(cancellationToken);
            return TypedResults.Ok(products.Select(product => new CartProduct(
                product.Id, product.Slug, Goods.FullName(product, language), product.Price, ProductItem.ShopCurrency, product.Available, pictures.Url(product),
                product.RetiredAt is null && product.Available > 0, product.RetiredAt is not null)));
        }).DisableSharedSession();
}
