using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Browsing;

/// <summary>What the storefront shows.</summary>
/// <param name="InTheWindow">The best known thing of some departments.</param>
/// <param name="Departments">Every department, with a product as its face.</param>
/// <param name="WellLiked">What is rated best.</param>
/// <param name="LastOnes">Of what only a few pieces are left.</param>
internal sealed record Storefront(IReadOnlyList<Product> InTheWindow, IReadOnlyList<(Category Category, Product Face)> Departments, IReadOnlyList<Product> WellLiked, IReadOnlyList<Product> LastOnes)
{
    /// <summary>What stands in the window.</summary>
    private static readonly string[] Window = ["raincoat", "lantern", "duck", "enamelmug", "compass"];

    public static async Task<Storefront> ReadAsync(CatalogContext database, CancellationToken cancellationToken)
    {
        var products = database.Listed.Include(product => product.Category).Include(product => product.Variants);
        var window = (await products.Where(product => Window.Contains(product.Kind)).ToListAsync(cancellationToken))
            .GroupBy(product => product.Kind).Select(group => group.MinBy(product => product.Id)!).OrderBy(product => Array.IndexOf(Window, product.Kind)).ToList();
        // One short look-up per department: a comparison of all products with all others takes seconds at ten thousand.
        var best = await database.Categories.OrderBy(category => category.Id)
            .Select(category => database.Products.Where(product => product.CategoryId == category.Id && product.ParentId == null && product.RetiredAt == null).OrderByDescending(product => product.Ratings).ThenBy(product => product.Id).Select(product => product.Id).FirstOrDefault())
            .ToListAsync(cancellationToken);
        var faces = await products.Where(product => best.Contains(product.Id)).ToListAsync(cancellationToken);
        var liked = await products.Where(product => product.Stock > product.Held).OrderByDescending(product => product.Rating).ThenByDescending(product => product.Ratings).ThenBy(product => product.Id).Take(40).ToListAsync(cancellationToken);
        var last = await products.Where(product => product.Size == null && product.Stock > product.Held && product.Stock - product.Held <= 5).OrderBy(product => product.Stock - product.Held).ThenBy(product => product.Id).Take(4).ToListAsync(cancellationToken);
        return new Storefront(window, [.. faces.OrderBy(face => face.CategoryId).Select(face => (face.Category!, face))], [.. liked.DistinctBy(product => product.Family ?? product.Slug).Take(8)], last);
    }
}
