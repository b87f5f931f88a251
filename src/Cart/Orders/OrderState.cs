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

    /// <summary>Paid and the stock is the shopper's. The checkout ends here.</summary>
    Placed,

    /// <summary>The Catalog had not enough. Final; nothing was paid.</summary>
    OutOfStock,

    /// <summary>The payment was declined. Final.</summary>
    Declined,

    /// <summary>Given up before or after payment, before it was placed; what was paid was given back. Final.</summary>
    Cancelled,

    /// <summary>In the parcel; it can still be cancelled.</summary>
    Packed,

    /// <summary>Handed to the carrier; from here on it cannot be cancelled.</summary>
    Shipped,

    /// <summary>The carrier says that it arrived. Final.</summary>
    Delivered,

    /// <summary>Cancelled after it was placed; the money has still to go back.</summary>
    Cancelling,

    /// <summary>Cancelled after it was placed, and the money went back. Final, when the stock went back as well.</summary>
    Refunded,
}

internal static class OrderStates
{
    /// <summary>Whether somebody who looks at the order need not wait for the next state.</summary>
    public static bool IsFinal(this OrderState state) => state >= OrderState.Placed && state != OrderState.Cancelling;

    /// <summary>Whether the checkout ended with an order, whatever became of it later.</summary>
    public static bool WasPlaced(this OrderState state) => state is OrderState.Placed or >= OrderState.Packed;

    /// <summary>Whether the shopper may still change their mind.</summary>
    public static bool IsCancellable(this OrderState state) => state is OrderState.Placed or OrderState.Packed;

    /// <summary>What comes next when the shop works on it; null when there is nothing.</summary>
    public static OrderState? Next(this OrderState state) => state switch
    {
        OrderState.Placed => OrderState.Packed,
        OrderState.Packed => OrderState.Shipped,
        OrderState.Shipped => OrderState.Delivered,
        _ => null,
    };

    /// <summary>The word in the JSON API.</summary>
    public static string Word(this OrderState state) => state switch
    {
        OrderState.PaymentPending => "payment-pending",
        OrderState.Paid => "paid",
        OrderState.Placed => "placed",
        OrderState.OutOfStock => "out-of-stock",
        OrderState.Declined => "declined",
        OrderState.Cancelled or OrderState.Cancelling => "cancelled",
        OrderState.Packed => "packed",
        OrderState.Shipped => "shipped",
        OrderState.Delivered => "delivered",
        OrderState.Refunded => "refunded",
        _ => "processing",
    };

    /// <summary>A state as the log names it, for people.</summary>
    public static string InLog(string name) => name switch
    {
        nameof(OrderState.Placed) => T["Placed"],
        nameof(OrderState.Packed) => T["Packed"],
        nameof(OrderState.Shipped) => T["Shipped"],
        nameof(OrderState.Delivered) => T["Delivered"],
        nameof(OrderState.Cancelling) => T["Cancelling"],
        nameof(OrderState.Refunded) => T["Refunded"],
        _ => name,
    };

    /// <summary>A word of the API, for people.</summary>
    public static string InWords(string word) => word switch
    {
        "processing" => T["Received"],
        "payment-pending" => T["Payment asked for, no answer yet"],
        "paid" => T["Paid"],
        "placed" => T["Placed; the goods are yours"],
        "packed" => T["Packed"],
        "shipped" => T["Handed to the carrier"],
        "delivered" => T["Delivered"],
        "cancelled" => T["Cancelled"],
        "refunded" => T["The money went back"],
        "declined" => T["Payment declined"],
        "out-of-stock" => T["Not enough in stock"],
        _ => word,
    };
}
