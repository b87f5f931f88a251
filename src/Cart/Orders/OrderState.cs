namespace ShopSession.Cart.Orders;

/// <summary>
/// How far an order has come. Every step is written before the next one begins and may be repeated, so whatever process finds the
/// row later knows what is left to do.
/// </summary>
internal enum OrderState
{
    /// <summary>Written; stock may or may not be held.</summary>
    Draft,

    /// <summary>Stock is held; no payment was asked for.</summary>
    Held,

    /// <summary>A payment is being asked for.</summary>
    Paying,

    /// <summary>A payment was asked for and its outcome is not known.</summary>
    PaymentPending,

    /// <summary>Paid; the stock has still to be taken for good.</summary>
    Paid,

    /// <summary>Paid and the stock is the shopper's. Final.</summary>
    Placed,

    /// <summary>The Catalog had not enough. Final; nothing was paid.</summary>
    OutOfStock,

    /// <summary>The payment was declined. Final.</summary>
    Declined,

    /// <summary>Given up before or after payment; what was paid was given back. Final.</summary>
    Cancelled,
}

internal static class OrderStates
{
    public static bool IsFinal(this OrderState state) => state >= OrderState.Placed;

    /// <summary>The word in the JSON API.</summary>
    public static string Word(this OrderState state) => state switch
    {
        OrderState.PaymentPending => "payment-pending",
        OrderState.Paid => "paid",
        OrderState.Placed => "placed",
        OrderState.OutOfStock => "out-of-stock",
        OrderState.Declined => "declined",
        OrderState.Cancelled => "cancelled",
        _ => "processing",
    };
}
