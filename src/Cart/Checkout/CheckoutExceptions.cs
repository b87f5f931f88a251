using ShopSession.Cart.Orders;
using ShopSession.Cart.Views;

namespace ShopSession.Cart.Checkout;

/// <summary>There is nothing to order.</summary>
internal sealed class CartEmptyException() : Exception(T["The cart is empty: there is nothing to order."]);

/// <summary>The cart cannot be ordered as it is now; <see cref="Cart"/> is how it is.</summary>
internal sealed class CartNotOrderableException(string reason, string message, CartView cart, OrderTotals? totals = null) : Exception(message)
{
    /// <summary>The problem's type.</summary>
    public string Reason { get; } = reason;

    public CartView Cart { get; } = cart;

    public OrderTotals? Totals { get; } = totals;
}

/// <summary>The same idempotency key came with other content.</summary>
internal sealed class IdempotencyKeyReusedException() : Exception(T["This Idempotency-Key was used for another order already. Use a new one for a new order."]);

/// <summary>This order, or another one of the same cart, is being worked on at this moment.</summary>
internal sealed class CheckoutInProgressException(Guid? order) : Exception("This cart is being ordered at this moment.")
{
    /// <summary>The order, when it is the one that was asked for.</summary>
    public Guid? Order { get; } = order;
}

/// <summary>There is no order in the end; <see cref="Order"/> says why.</summary>
internal sealed class OrderFailedException(Order order) : Exception($"Order {order.Id} failed: {order.Failure}.")
{
    public Order Order { get; } = order;
}
