using ShopSession.Catalog.Pictures;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Api;

/// <summary>A product as lists show it.</summary>
internal sealed record ProductItem(int Id, string Slug, string Name, string Category, decimal Price, string Currency, int Stock, string ImageUrl, double Rating, int Ratings, string Summary)
{
    public const string ShopCurrency = "EUR";

    public static ProductItem Of(Product product, ProductPictures pictures) => new(
        product.Id, product.Slug, product.Name, product.Category!.Slug, product.Price, ShopCurrency, product.Available, pictures.Url(product), product.Rating, product.Ratings, product.Summary);
}

/// <summary>A product with everything that is known about it.</summary>
internal sealed record ProductDetail(
    int Id,
    string Slug,
    string Name,
    string Category,
    decimal Price,
    string Currency,
    int Stock,
    string ImageUrl,
    double Rating,
    int Ratings,
    string Summary,
    string Description,
    string? Colour,
    IReadOnlyDictionary<string, string> Facts,
    string? Size,
    int? ParentId,
    IReadOnlyList<ProductVariant> Variants)
{
    public static ProductDetail Of(Product product, ProductPictures pictures) => new(
        product.Id,
        product.Slug,
        product.Name,
        product.Category!.Slug,
        product.Price,
        ProductItem.ShopCurrency,
        product.Available,
        pictures.Url(product),
        product.Rating,
        product.Ratings,
        product.Summary,
        product.Description,
        product.Colour,
        product.FactPairs().ToDictionary(),
        product.Size,
        product.ParentId,
        [.. product.Variants.Where(variant => variant.RetiredAt is null).Select(variant => new ProductVariant(variant.Id, variant.Slug, variant.Size ?? "", variant.Price, variant.Available))]);
}

/// <summary>Another size of a product: ordered by its own id.</summary>
internal sealed record ProductVariant(int Id, string Slug, string Size, decimal Price, int Stock);

/// <summary>One page of a list.</summary>
internal sealed record ProductItems(IReadOnlyList<ProductItem> Items, int Total, int Page, int PageSize, string? Corrected);

/// <summary>A category and how many products it has.</summary>
internal sealed record CategoryItem(int Id, string Slug, string Name, string Blurb, int Products);

/// <summary>What the cart needs to know about a product.</summary>
internal sealed record CartProduct(int Id, string Slug, string Name, decimal Price, string Currency, int Stock, string ImageUrl, bool Available, bool Retired);
