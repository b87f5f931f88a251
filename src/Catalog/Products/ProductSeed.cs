using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Search;

namespace ShopSession.Catalog.Products;

/// <summary>Fills an empty catalog with the shop's goods. Runs under the lock that all replicas share.</summary>
internal static class ProductSeed
{
    public static async Task RunAsync(CatalogContext database, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await database.Products.AnyAsync(cancellationToken)) return;
        var categories = Read<SeedCategory>("categories.json");
        var ids = categories.ToDictionary(category => category.Slug, category => category.Id);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        database.Categories.AddRange(categories.Select(category => new Category { Id = category.Id, Slug = category.Slug, Name = category.Name, Blurb = category.Blurb, Ground = category.Ground }));
        database.Products.AddRange(InSizes([.. Read<SeedProduct>("products.json").Select(product => Make(product, ids[product.Category]))]));
        await database.SaveChangesAsync(cancellationToken);
        database.ChangeTracker.Clear();
        await services.GetRequiredService<ISearchIndex>().RebuildAsync(database, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static IEnumerable<Product> InSizes(List<Product> products)
    {
        var sizes = Read<SeedSizes>("sizes.json").ToDictionary(of => of.Kind, StringComparer.Ordinal);
        var next = products.Max(product => product.Id) + 1;
        foreach (var product in products)
        {
            if (!sizes.TryGetValue(product.Kind, out var of))
            {
                yield return product;
                continue;
            }

            foreach (var one in of.Of(product, next)) yield return one;
            next += of.Sizes.Length - 1;
        }
    }

    private static Product Make(SeedProduct product, int category) => new()
    {
        Id = product.Id,
        Slug = product.Slug,
        Name = product.Name,
        CategoryId = category,
        Family = product.Family,
        Colour = product.Colour,
        Kind = product.Kind,
        Palette = string.Join(' ', product.Palette),
        Price = product.Price,
        Stock = product.Stock,
        Rating = product.Rating,
        Ratings = product.Ratings,
        Summary = product.Summary,
        Description = product.Description,
        Facts = string.Join('\n', product.Facts.Select(fact => $"{fact.Key}: {fact.Value}")),
        Words = product.Words,
    };

    private static List<T> Read<T>(string file)
    {
        using var stream = typeof(ProductSeed).Assembly.GetManifestResourceStream("seed/" + file)!;
        return JsonSerializer.Deserialize<List<T>>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record SeedCategory(int Id, string Slug, string Name, string Blurb, string Ground);

    private sealed record SeedProduct(
        int Id,
        string Slug,
        string Name,
        string Category,
        string? Family,
        string? Colour,
        string Kind,
        string[] Palette,
        decimal Price,
        int Stock,
        double Rating,
        int Ratings,
        string Summary,
        string Description,
        Dictionary<string, string> Facts,
        string Words);
}
