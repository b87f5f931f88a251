using System.Collections.Immutable;

namespace ShopSession.Cart.Carts;

/// <summary>A cart as the store holds it at one version. Immutable; changes are made by <see cref="CartChanges"/>.</summary>
internal sealed record CartState
{
    public static readonly CartState Empty = new();

    /// <summary>Rises with every change; 0 for a cart that does not exist.</summary>
    public long Version { get; init; }

    public ImmutableSortedDictionary<ProductId, CartLine> Lines { get; init; } = ImmutableSortedDictionary<ProductId, CartLine>.Empty;

    /// <summary>What the shopper put aside; not ordered and not counted.</summary>
    public ImmutableSortedDictionary<ProductId, CartLine> Saved { get; init; } = ImmutableSortedDictionary<ProductId, CartLine>.Empty;

    public ImmutableDictionary<string, CartMerge> Merges { get; init; } = ImmutableDictionary<string, CartMerge>.Empty;

    public ImmutableDictionary<Guid, DateTimeOffset> SettledOrders { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Set when this guest cart moved into an account: nothing may change it any more.</summary>
    public CartMove? Moved { get; init; }

    /// <summary>The ids of the last changes, newest last.</summary>
    public ImmutableArray<string> Operations { get; init; } = [];

    public int Count => Lines.Values.Sum(line => line.Quantity);

    public IEnumerable<CartLine> LinesByAge => Lines.Values.OrderBy(line => line.Memo?.AddedAt ?? 0).ThenBy(line => line.Product);
}

/// <summary>One product in a cart. <see cref="Memo"/> is null when it could not be read: the Catalog still knows the product.</summary>
internal sealed record CartLine(ProductId Product, int Quantity, ProductMemo? Memo);

/// <summary>What the shopper saw when the line was last changed. Shown with a mark when the Catalog does not answer.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="Slug">The product page's address part.</param>
/// <param name="ImageUrl">The picture, or null.</param>
/// <param name="PriceCents">The unit price in cents.</param>
/// <param name="AddedAt">When the line was added, in milliseconds of Unix time; the order of the lines.</param>
internal sealed record ProductMemo(string Name, string Slug, string? ImageUrl, long PriceCents, long AddedAt);

/// <summary>What a guest cart brought into an account's cart.</summary>
/// <param name="At">When.</param>
/// <param name="Shown">Whether the shopper may still undo it; false once kept or undone.</param>
/// <param name="Added">The quantities that were added; what the limits cut off is not in it.</param>
/// <param name="Left">How many items did not fit.</param>
internal sealed record CartMerge(DateTimeOffset At, bool Shown, ImmutableSortedDictionary<ProductId, int> Added, int Left)
{
    public int Count => Added.Values.Sum();
}

/// <summary>Where a guest cart went, and when.</summary>
internal sealed record CartMove(CartId Target, DateTimeOffset At);
