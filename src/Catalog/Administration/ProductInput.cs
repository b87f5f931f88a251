namespace ShopSession.Catalog.Administration;

/// <summary>The fields of a new product as they were typed or sent.</summary>
public sealed class ProductInput
{
    public string? Name { get; set; }

    /// <summary>The end of its address; empty: made of the name.</summary>
    public string? Slug { get; set; }

    /// <summary>A department's slug.</summary>
    public string? Category { get; set; }

    public string? Price { get; set; }

    public string? Summary { get; set; }

    public string? Description { get; set; }

    public ChineseInput Chinese { get; set; } = new();

    /// <summary>The drawing.</summary>
    public string? Kind { get; set; }

    /// <summary>The drawing's colours, <c>#rrggbb</c>.</summary>
    public string? Colour1 { get; set; } = "#24406e";

    public string? Colour2 { get; set; } = "#f0e4c8";

    public string? Colour3 { get; set; } = "#c8402f";

    /// <summary>Pieces; of each size.</summary>
    public string? Stock { get; set; }

    /// <summary>Separated by commas, the listed one first; empty: one size only.</summary>
    public string? Sizes { get; set; }
}
