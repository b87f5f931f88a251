namespace ShopSession.Catalog.Products;

/// <summary>Sizes of one thing: the listed product is one of them, the others are products under it, each with its own price and stock.</summary>
internal static class ProductVariants
{
    /// <summary>The address of another size of a product.</summary>
    public static string SlugOf(string slug, string size) => $"{slug}-{Slugs.Of(size)}";

    /// <summary>The same thing under another id, in another size.</summary>
    public static Product With(this Product product, int id, string slug, decimal price, int stock, string? size, int? parent) => new()
    {
        Id = id,
        Slug = slug,
        Name = product.Name,
        CategoryId = product.CategoryId,
        Family = product.Family,
        Colour = product.Colour,
        Kind = product.Kind,
        Palette = product.Palette,
        Price = price,
        Stock = stock,
        Rating = product.Rating,
        Ratings = product.Ratings,
        Summary = product.Summary,
        Description = product.Description,
        ChineseName = product.ChineseName,
        ChineseSummary = product.ChineseSummary,
        ChineseDescription = product.ChineseDescription,
        Facts = product.Facts,
        Words = product.Words,
        Size = size,
        ParentId = parent,
    };
}
