using System.Globalization;
using ShopSession.Catalog.Administration;
using ShopSession.Catalog.Localization;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Api;

/// <summary>A product as administrators see it.</summary>
internal sealed record AdminProduct(
    int Id,
    string Slug,
    string Name,
    string? Size,
    int? ParentId,
    string Category,
    decimal Price,
    string Currency,
    int Stock,
    int Held,
    string Summary,
    string Description,
    ChineseTexts Chinese,
    long Revision,
    DateTimeOffset? RetiredAt,
    IReadOnlyList<AdminVariant> Variants)
{
    public static AdminProduct Of(Product product) => new(
        product.Id,
        product.Slug,
        product.Name,
        product.Size,
        product.ParentId,
        product.Category!.Slug,
        product.Price,
        ProductItem.ShopCurrency,
        product.Stock,
        product.Held,
        product.Summary,
        product.Description,
        ChineseTexts.Of(product),
        product.Revision,
        product.RetiredAt,
        [.. product.Variants.OrderBy(one => one.Id).Select(one => new AdminVariant(one.Id, one.Size ?? "", one.Price, one.Stock, one.Held, one.RetiredAt))]);
}

/// <summary>Another size of it.</summary>
internal sealed record AdminVariant(int Id, string Size, decimal Price, int Stock, int Held, DateTimeOffset? RetiredAt);

/// <summary>One page of them.</summary>
internal sealed record AdminProducts(IReadOnlyList<AdminProduct> Items, int Total, int Page, int PageSize);

/// <summary>What an administrator changed.</summary>
internal sealed record AdminProductChange(DateTimeOffset At, string Actor, string? ActorName, string Field, string Before, string After, string? Reason)
{
    public static AdminProductChange Of(ProductChange change) => new(change.At, change.Actor, change.ActorName, change.Field, change.Before, change.After, change.Reason);
}

/// <summary>A product to add.</summary>
internal sealed record AddProductRequest(string? Name, string? Slug, string? Category, decimal? Price, string? Summary, string? Description, string? Kind, string[]? Colours, int? Stock, string[]? Sizes, ChineseInput? Chinese = null)
{
    public ProductInput ToInput() => new()
    {
        Name = Name,
        Slug = Slug,
        Category = Category,
        Price = Numbers.Text(Price),
        Summary = Summary,
        Description = Description,
        Chinese = Chinese ?? new(),
        Kind = Kind,
        Colour1 = Colours?.ElementAtOrDefault(0),
        Colour2 = Colours?.ElementAtOrDefault(1),
        Colour3 = Colours?.ElementAtOrDefault(2),
        Stock = Numbers.Text(Stock),
        Sizes = Sizes is null ? null : string.Join(',', Sizes),
    };
}

/// <summary>What a product is to say; the revision is the one that was read. Without <c>chinese</c> that stays, where its English does.</summary>
internal sealed record EditProductRequest(string? Name, decimal? Price, string? Summary, string? Description, long? Revision, ChineseInput? Chinese = null);

/// <summary>Pieces that came or went; the key, a UUID, makes a repetition count once.</summary>
internal sealed record StockRequest(int? Pieces, string? Reason, string? Key);

/// <summary>A size to add.</summary>
internal sealed record SizeRequest(string? Size, decimal? Price, int? Stock, string? ListedSize);

/// <summary>Numbers as the forms take them, so that both are checked by the same code.</summary>
internal static class Numbers
{
    public static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
