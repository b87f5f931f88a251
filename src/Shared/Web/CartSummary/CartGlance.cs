namespace ShopSession.Web.CartSummary;

/// <summary>The visitor's cart at a glance, for the header of every page. Prices are those that were last seen in the cart.</summary>
/// <param name="Count">Pieces in the cart.</param>
/// <param name="Total">What they cost, in the shop's currency.</param>
/// <param name="Lines">The lines added last, at most <see cref="MostLines"/>.</param>
/// <param name="More">How many lines there are beside them.</param>
public sealed record CartGlance(int Count, decimal Total = 0, IReadOnlyList<CartGlanceLine>? Lines = null, int More = 0)
{
    /// <summary>The most lines that a header shows.</summary>
    public const int MostLines = 5;

    /// <summary>Nothing is in the cart.</summary>
    public static CartGlance Empty { get; } = new(0);
}

/// <summary>One line of a <see cref="CartGlance"/>.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="LineTotal">What they cost together.</param>
/// <param name="Url">The product's page, or null.</param>
public sealed record CartGlanceLine(string Name, int Quantity, decimal LineTotal, string? Url);
