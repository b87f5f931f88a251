using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Catalog.Products;
using ShopSession.Catalog.Search;

namespace ShopSession.Catalog.Bench;

/// <summary>Fills the catalog up with variations of its goods: names, prices, stock and ratings differ, the same for every run.</summary>
internal static class ProductMaker
{
    private static readonly string[] Makes = ["Fjord", "Tern", "Skerry", "Dory", "Cleat", "Marlin", "Gannet", "Petrel", "Wharf", "Shoal", "Eddy", "Tiller"];

    public static async Task FillUpAsync(IServiceProvider services, int products)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        var seeds = await database.Listed.OrderBy(product => product.Id).ToListAsync();
        var last = await database.Products.MaxAsync(product => product.Id);
        var chance = new Random(1);
        foreach (var batch in Enumerable.Range(last + 1, Math.Max(0, products - seeds.Count)).Chunk(1000))
        {
            database.Products.AddRange(batch.Select(id => Vary(seeds[id % seeds.Count], id, chance)));
            await database.SaveChangesAsync();
            database.ChangeTracker.Clear();
        }

        await scope.ServiceProvider.GetRequiredService<ISearchIndex>().RebuildAsync(database, CancellationToken.None);
    }

    private static Product Vary(Product seed, int id, Random chance) => new()
    {
        Id = id,
        Slug = $"{seed.Slug}-{id}",
        Name = $"{Makes[chance.Next(Makes.Length)]} {seed.Name} {id}",
        CategoryId = seed.CategoryId,
        Kind = seed.Kind,
        Palette = seed.Palette,
        Price = Math.Round(seed.Price * (decimal)(0.5 + chance.NextDouble()), 2),
        Stock = chance.Next(0, 60),
        Rating = Math.Round(3.5 + 1.5 * chance.NextDouble(), 1),
        Ratings = chance.Next(1, 400),
        Summary = seed.Summary,
        Description = seed.Description,
        Facts = seed.Facts,
        Words = seed.Words,
    };
}
