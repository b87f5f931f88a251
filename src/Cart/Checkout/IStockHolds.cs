namespace ShopSession.Cart.Checkout;

/// <summary>The Catalog's stock, held for an order. Every call may be repeated. Safe for concurrent use.</summary>
internal interface IStockHolds
{
    /// <summary>Holds the pieces of an order, all or none; for an order that holds them already, says so again.</summary>
    /// <exception cref="Catalog.CatalogUnavailableException">No answer: the pieces may be held or not.</exception>
    Task<HoldResult> HoldAsync(Guid order, IReadOnlyList<HoldLine> lines, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Takes held pieces for good. <see langword="false"/>: the hold expired.</summary>
    /// <inheritdoc cref="HoldAsync" path="/exception"/>
    Task<bool> ConfirmAsync(Guid order, CancellationToken cancellationToken);

    /// <summary>Gives held pieces back; does nothing for an order that holds none, or took them for good.</summary>
    /// <inheritdoc cref="HoldAsync" path="/exception"/>
    Task ReleaseAsync(Guid order, CancellationToken cancellationToken);

    /// <summary>Puts pieces that were taken for good back on the shelf, once. <see langword="false"/>: the Catalog does not know of them any more.</summary>
    /// <inheritdoc cref="HoldAsync" path="/exception"/>
    Task<bool> ReturnAsync(Guid order, CancellationToken cancellationToken);
}

internal sealed record HoldLine(int ProductId, int Quantity);

/// <summary>Either held until <paramref name="ExpiresAt"/>, or short of what <paramref name="Shortages"/> lists.</summary>
internal sealed record HoldResult(DateTimeOffset? ExpiresAt, IReadOnlyList<StockShortage> Shortages)
{
    public bool IsHeld => Shortages.Count == 0;
}

/// <summary>A product of which there is less than wanted. Part of the JSON API.</summary>
internal sealed record StockShortage(int ProductId, int Requested, int Available);
