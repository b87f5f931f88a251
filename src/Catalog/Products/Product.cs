namespace ShopSession.Catalog.Products;

/// <summary>
/// Something that is sold. Colours of one thing are products of their own that share a <see cref="Family"/>. Sizes are products too: one of them is listed, the others stand under it
/// (<see cref="ParentId"/>) and are chosen on its page. So each size has its own price, stock and holds, and a cart or an order needs to know nothing of sizes.
/// </summary>
public sealed class Product
{
    public int Id { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    public int CategoryId { get; init; }

    public Category? Category { get; init; }

    /// <summary>What the colours of one thing have in common; <see langword="null"/> when there is only one.</summary>
    public string? Family { get; init; }

    /// <summary>The name of its colour within the family.</summary>
    public string? Colour { get; init; }

    /// <summary>Its size; <see langword="null"/> when it comes in one only.</summary>
    public string? Size { get; init; }

    /// <summary>The listed product of which this is another size; <see langword="null"/> for what lists show.</summary>
    public int? ParentId { get; init; }

    /// <summary>The other sizes of a listed product, the retired ones too; empty unless they were read with it.</summary>
    public ICollection<Product> Variants { get; init; } = [];

    /// <summary>Since when it is no longer sold; <see langword="null"/>: it is.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    /// <summary>Which drawing shows it.</summary>
    public required string Kind { get; init; }

    /// <summary>The three colours of the drawing, <c>#rrggbb</c>, separated by blanks.</summary>
    public required string Palette { get; init; }

    public decimal Price { get; init; }

    /// <summary>Pieces on the shelf, held ones included.</summary>
    public int Stock { get; init; }

    /// <summary>Pieces that checkouts under way hold. Never more than <see cref="Stock"/>; the database enforces it.</summary>
    public int Held { get; init; }

    /// <summary>Rises when an administrator edits it; an edit of an older one is refused. Stock has no part in it.</summary>
    public long Revision { get; init; }

    public double Rating { get; init; }

    public int Ratings { get; init; }

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    public required string Description { get; init; }

    /// <summary>
    /// The name in Simplified Chinese, as an administrator gave it. <see langword="null"/>: none was given, and the seed's goods are called as the seed translates them; empty: it is shown in
    /// English on purpose.
    /// </summary>
    public string? ChineseName { get; init; }

    /// <summary>As <see cref="ChineseName"/>.</summary>
    public string? ChineseSummary { get; init; }

    /// <summary>As <see cref="ChineseName"/>.</summary>
    public string? ChineseDescription { get; init; }

    /// <summary>One <c>name: value</c> a line.</summary>
    public required string Facts { get; init; }

    /// <summary>Further words under which people look for it.</summary>
    public required string Words { get; init; }

    /// <summary>Pieces that can be sold now.</summary>
    public int Available => Stock - Held;

    /// <summary>Pieces that can be sold now in any size; counts the other sizes only where they were read.</summary>
    public int AvailableInAll => Available + Variants.Where(variant => variant.RetiredAt is null).Sum(variant => variant.Available);

    /// <summary>The name with the size, as a cart shows it.</summary>
    public string FullName => Size is null ? Name : $"{Name}, {Size}";

    /// <summary>The facts in pairs.</summary>
    public IEnumerable<KeyValuePair<string, string>> FactPairs() => Facts.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(": ", 2))
        .Where(pair => pair.Length == 2)
        .Select(pair => KeyValuePair.Create(pair[0], pair[1]));
}
