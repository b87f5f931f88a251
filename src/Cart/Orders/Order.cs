using ShopSession.Cart.Checkout;

namespace ShopSession.Cart.Orders;

/// <summary>An order, from the moment the button was pressed. Stored by EF Core.</summary>
internal sealed class Order
{
    public Guid Id { get; set; }

    /// <summary>What the shopper quotes; follows from the id.</summary>
    public string Number { get; set; } = "";

    /// <summary>Whose it is, see <see cref="OrderOwner"/>. Idempotency keys are unique within it.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The account that sees it: the owner, or the one that a guest's order was put into later. Written as <see cref="Owner"/> is.</summary>
    public string? Account { get; set; }

    public string IdempotencyKey { get; set; } = "";

    /// <summary>What was sent with the key, hashed: the same key with other content is a mistake.</summary>
    public string RequestHash { get; set; } = "";

    public string Cart { get; set; } = "";

    /// <summary>The cart's version that was ordered.</summary>
    public long CartVersion { get; set; }

    /// <summary>The cart while this order is under way, else null. Unique: one cart is in one checkout at a time.</summary>
    public string? OpenCart { get; set; }

    /// <summary>Whether something is left to do, if only to give stock back.</summary>
    public bool Unfinished { get; set; }

    public OrderState State { get; set; }

    /// <summary>Rises with every save; a save over another's is refused.</summary>
    public long Revision { get; set; }

    /// <summary>Until then the process that wrote the row is at work on it.</summary>
    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>How often finishing it was tried in the background.</summary>
    public int Attempts { get; set; }

    /// <summary>Until then the background leaves it alone.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>When the payment was asked for.</summary>
    public DateTimeOffset? PayingAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the shopper was told that there is an order; null: there is none to show.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? HoldExpiresAt { get; set; }

    public string Email { get; set; } = "";

    /// <summary>The address as it is compared, see <see cref="Orders.EmailKey"/>.</summary>
    public string EmailKey { get; set; } = "";

    public string Name { get; set; } = "";

    public string Line1 { get; set; } = "";

    public string? Line2 { get; set; }

    public string City { get; set; } = "";

    public string PostalCode { get; set; } = "";

    public string Country { get; set; } = "";

    public string Delivery { get; set; } = "";

    public decimal Subtotal { get; set; }

    public decimal Shipping { get; set; }

    /// <summary>The part of <see cref="Total"/> that is tax.</summary>
    public decimal Tax { get; set; }

    /// <summary>The tax's rate in hundredths of a percent.</summary>
    public int TaxRate { get; set; }

    public decimal Total { get; set; }

    public string PaymentMethod { get; set; } = "";

    public string PaymentToken { get; set; } = "";

    /// <summary>The provider's name for the payment.</summary>
    public string? PaymentReference { get; set; }

    /// <summary>Why there is no order in the end, see <see cref="OrderFailure"/>.</summary>
    public string? Failure { get; set; }

    /// <summary>Who cancelled it after it was placed, see <see cref="OrderActor.Role"/>.</summary>
    public string? CancelledBy { get; set; }

    /// <summary>Whether name and address are to be erased as soon as the order is finished.</summary>
    public bool Forget { get; set; }

    /// <summary>What was short, as JSON.</summary>
    public string? Shortages { get; set; }

    public List<OrderLine> Lines { get; set; } = [];

    public List<OrderEvent> Events { get; set; } = [];

    public int Count => Lines.Sum(line => line.Quantity);

    public OrderTotals Totals => new(Subtotal, Shipping, Tax, TaxRate, Total);
}

/// <summary>What was ordered, at the price that was agreed.</summary>
internal sealed class OrderLine
{
    public Guid OrderId { get; set; }

    public int ProductId { get; set; }

    public int Position { get; set; }

    public string Name { get; set; } = "";

    public string? Slug { get; set; }

    public string? ImageUrl { get; set; }

    public decimal UnitPrice { get; set; }

    public int Quantity { get; set; }

    public decimal LineTotal => UnitPrice * Quantity;
}

/// <summary>One entry of an order's time line.</summary>
internal sealed class OrderEvent
{
    public Guid OrderId { get; set; }

    public int Position { get; set; }

    public DateTimeOffset At { get; set; }

    public string Status { get; set; } = "";
}
