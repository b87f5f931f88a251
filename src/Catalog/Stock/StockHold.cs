namespace ShopSession.Catalog.Stock;

/// <summary>What became of a hold.</summary>
public enum HoldState
{
    /// <summary>Its pieces are set aside until it expires.</summary>
    Active,

    /// <summary>Its pieces are sold.</summary>
    Confirmed,

    /// <summary>Given back by whoever took it.</summary>
    Released,

    /// <summary>Given back because its time was over.</summary>
    Expired,

    /// <summary>Sold, and put back on the shelf when the order was cancelled.</summary>
    Returned,
}

/// <summary>Pieces set aside for one order while it is being paid.</summary>
public sealed class StockHold
{
    /// <summary>The order's id, made by the cart. A second hold under the same id is the same hold.</summary>
    public Guid OrderId { get; init; }

    public HoldState State { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public List<StockHoldLine> Lines { get; init; } = [];
}

/// <summary>How many pieces of one product a hold sets aside.</summary>
public sealed class StockHoldLine
{
    public Guid OrderId { get; init; }

    public int ProductId { get; init; }

    public int Quantity { get; init; }
}
