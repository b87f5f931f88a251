using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Pages;

/// <summary>The storefront.</summary>
internal sealed class IndexModel(CatalogContext database) : PageModel
{
    /// <summary>What stands in the window: the best known thing of each of these departments.</summary>
    private static readonly string[] Window = ["raincoat", "lantern", "duck", "enamelmug", "compass"];

    public IReadOnlyList<Product> InTheWindow { get; private set; } = [];

    public IReadOnlyList<(Category Category, Product Face)> Departments { get; private set; } = [];

    public IReadOnlyList<Product> WellLiked { get; private set; } = [];

    public IReadOnlyList<Product> LastOnes { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var products = database.Products.AsNoTracking().Include(product => product.Category);
        InTheWindow = (await products.Where(product => Window.Contains(product.Kind)).ToListAsync(cancellationToken))
            .GroupBy(product => product.Kind).Select(group => group.MinBy(product => product.Id)!).OrderBy(product => Array.IndexOf(Window, product.Kind)).ToList();
        // One short look-up per department: a comparison of all products with all others takes seconds at ten thousand.
        var best = await database.Categories.OrderBy(category => category.Id)
            .Select(category => database.Products.Where(product => product.CategoryId == category.Id).OrderByDescending(product => product.Ratings).ThenBy(product => product.Id).Select(product => product.Id).FirstOrDefault())
            .ToListAsync(cancellationToken);
        var faces = await products.Where(product => best.Contains(product.Id)).ToListAsync(cancellationToken);
        Departments = [.. faces.OrderBy(face => face.CategoryId).Select(face => (face.Category!, face))];
        WellLiked = (await products.Where(product => product.Stock > product.Held).OrderByDescending(product => product.Rating).ThenByDescending(product => product.Ratings).ThenBy(product => product.Id).Take(40).ToListAsync(cancellationToken))
            .DistinctBy(product => product.Family ?? product.Slug).Take(8).ToList();
        LastOnes = await products.Where(product => product.Stock > product.Held && product.Stock - product.Held <= 5).OrderBy(product => product.Stock - product.Held).ThenBy(product => product.Id).Take(4).ToListAsync(cancellationToken);
    }
}
