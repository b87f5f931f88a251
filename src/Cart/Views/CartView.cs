using ShopSession.Cart.Carts;

namespace ShopSession.Cart.Views;

/// <summary>A cart as the shopper sees it: quantities from the store, prices and stock from the Catalog.</summary>
/// <param name="Version">To be sent back with a change that must not overwrite another one.</param>
/// <param name="Lines">In the order in which they were added.</param>
/// <param name="Saved">What was put aside.</param>
/// <param name="Merges">What was brought along at sign-in and can still be undone.</param>
/// <param name="Verified">False when the Catalog did not answer: names and prices are the last known ones.</param>
internal sealed record CartView(
    long Version, IReadOnlyList<CartLineView> Lines, IReadOnlyList<CartLineView> Saved, IReadOnlyList<CartMergeView> Merges, bool Verified)
{
    public int Count => Lines.Sum(line => line.Quantity);

    public decimal Total => Lines.Sum(line => line.LineTotal) + 0.00m;

    public bool HasProblems => Lines.Any(line => line.Problems.Count > 0);

    /// <summary>Whether something stands in the way of an order that the shopper has to solve first.</summary>
    public bool IsBlocked => Lines.Any(line => line.Problems.Any(LineProblem.Blocks));

    public static CartView Empty { get; } = new(0, [], [], [], true);
}

/// <summary>One line of a cart.</summary>
/// <param name="Product">The product.</param>
/// <param name="Name">Its name.</param>
/// <param name="Slug">Its page at the Catalog, or null when unknown.</param>
/// <param name="ImageUrl">Its picture, or null.</param>
/// <param name="UnitPrice">What one costs now, or is last known to have cost.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Stock">How many there are; null when the Catalog did not answer.</param>
/// <param name="SeenPrice">What one cost when the shopper last changed the line, if that differs.</param>
/// <param name="Problems">See <see cref="LineProblem"/>.</param>
internal sealed record CartLineView(
    ProductId Product, string Name, string? Slug, string? ImageUrl, decimal UnitPrice, int Quantity, int? Stock, decimal? SeenPrice,
    IReadOnlyList<string> Problems)
{
    public decimal LineTotal => Problems.Contains(LineProblem.Unavailable) ? 0.00m : UnitPrice * Quantity;
}

/// <summary>What a guest cart brought along.</summary>
internal sealed record CartMergeView(string Id, int Count, int Left, DateTimeOffset At);

/// <summary>What may be wrong with a line. The words are part of the JSON API.</summary>
internal static class LineProblem
{
    public const string PriceChanged = "price-changed";
    public const string OutOfStock = "out-of-stock";
    public const string InsufficientStock = "insufficient-stock";
    public const string Unavailable = "unavailable";

    /// <summary>The Catalog did not answer: name and price are the last known ones.</summary>
    public const string Unverified = "unverified";

    /// <summary>A changed price only has to be seen; the others have to be solved.</summary>
    public static bool Blocks(string problem) => problem is not PriceChanged;
}
