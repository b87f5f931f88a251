namespace ShopSession.Cart.Orders;

/// <summary>Why an order did not come to be. Stored, so that the same key gets the same answer.</summary>
internal static class OrderFailure
{
    public const string OutOfStock = "insufficient-stock";
    public const string Declined = "payment-declined";

    /// <summary>The cart changed between the look at it and the order.</summary>
    public const string CartChanged = "cart-changed";

    /// <summary>The process died, or the Catalog stayed silent, before anything was paid.</summary>
    public const string Interrupted = "checkout-interrupted";

    /// <summary>The provider never got the payment.</summary>
    public const string PaymentLost = "payment-not-received";

    /// <summary>Paid, but the stock was gone before the payment was known; the money went back.</summary>
    public const string SoldOutMeanwhile = "sold-out-meanwhile";
}
