using ShopSession.Cart.Checkout;

namespace ShopSession.Cart.Orders;

/// <summary>Cancels placed orders as long as they have not left the house: the money goes back, then the pieces go back on the shelf.</summary>
internal sealed class OrderCancellation(OrderTransitions transitions, CheckoutProcessor processor, OrderQueries orders)
{
    /// <summary>Cancels, or finds that it was done. Returns the order as it is now; what is left to do happens in the background.</summary>
    /// <exception cref="OrderNotCancellableException">It is not placed yet, or not any more.</exception>
    public async Task<Order> CancelAsync(Guid id, OrderActor actor, string? note, CancellationToken cancellationToken)
    {
        // An order only ever moves forward: it is met in one of the two states, in this order, or it is too late.
        var cancelled = await transitions.TryAsync(id, OrderState.Placed, OrderState.Cancelling, actor, note, cancellationToken)
            || await transitions.TryAsync(id, OrderState.Packed, OrderState.Cancelling, actor, note, cancellationToken);
        // Decided: the shopper's going away does not stop the refund.
        if (cancelled) await processor.ContinueAsync(id, CheckoutDriver.Shopper, CancellationToken.None);
        var order = await orders.FindAsync(OrderViewer.Shop, id, CancellationToken.None) ?? throw new InvalidOperationException($"Order {id} is gone.");
        return cancelled || order.State is OrderState.Cancelling or OrderState.Refunded ? order : throw new OrderNotCancellableException(order);
    }
}

/// <summary>It is too early or too late to cancel this order.</summary>
internal sealed class OrderNotCancellableException(Order order) : Exception($"Order {order.Number} cannot be cancelled: it is {order.State.Word()}.")
{
    public Order Order { get; } = order;
}
