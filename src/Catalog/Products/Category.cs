namespace ShopSession.Catalog.Products;

/// <summary>A department of the shop.</summary>
public sealed class Category
{
    public int Id { get; init; }

    public required string Slug { get; init; }

    public required string Name { get; init; }

    /// <summary>One sentence about what is in it.</summary>
    public required string Blurb { get; init; }

    /// <summary>The colour behind its products' pictures, as <c>#rrggbb</c>.</summary>
    public required string Ground { get; init; }
}
