using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Browsing;

/// <summary>A product as a card shows it.</summary>
/// <param name="Product">The product, with its category.</param>
internal sealed record ProductCard(Product Product)
{
    /// <summary>The words that were searched for, to be marked.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Whether the picture is likely to be seen without scrolling, and so is loaded at once.</summary>
    public bool Early { get; init; }
}
