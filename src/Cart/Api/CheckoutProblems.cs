using System.Text.Json;
using ShopSession.Cart.Checkout;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Views;
using ShopSession.Web.Errors;

namespace ShopSession.Cart.Api;

/// <summary>How refusals of the checkout are told.</summary>
internal static class CheckoutProblems
{
    /// <summary>Null when the exception is none of the checkout's.</summary>
    public static ShopProblem? Of(Exception exception) => exception switch
    {
        CartEmptyException => new ShopProblem("cart-empty", 409, T["The cart is empty"], exception.Message),
        CartNotOrderableException refusal => OfCart(refusal),
        IdempotencyKeyReusedException => new ShopProblem("idempotency-key-reused", 422, T["This key belongs to another order"], exception.Message)
        {
            Errors = new Dictionary<string, string[]> { [IdempotencyKey.Header] = [exception.Message] },
        },
        CheckoutInProgressException busy => new ShopProblem(
            "checkout-in-progress", 409, T["The order is being placed"], T["This cart is being ordered at this moment. Ask again in a second: with the same Idempotency-Key for the same order."])
        {
            RetryAfter = TimeSpan.FromSeconds(1),
            Extensions = busy.Order is { } id ? new Dictionary<string, object?> { ["orderId"] = id } : new Dictionary<string, object?>(),
        },
        OrderFailedException failed => OfOrder(failed.Order),
        OrderNotCancellableException late => OfLate(late.Order),
        _ when DatabaseTrouble.IsPassing(exception) => ShopProblems.ServiceUnavailable,
        _ => null,
    };

    private static ShopProblem OfCart(CartNotOrderableException refusal)
    {
        var extensions = new Dictionary<string, object?> { ["cart"] = CartResponse.Of(refusal.Cart) };
        if (refusal.Totals is { } totals) extensions["totals"] = CheckoutEndpoints.TotalsResponse.Of(totals, refusal.Cart.Version);
        if (refusal.Reason == OrderFailure.OutOfStock) extensions["shortages"] = refusal.Cart.Lines
            .Where(line => line.Problems.Contains(LineProblem.OutOfStock) || line.Problems.Contains(LineProblem.InsufficientStock))
            .Select(line => new StockShortage(line.Product.Value, line.Quantity, line.Stock ?? 0)).ToArray();
        var title = refusal.Reason switch
        {
            OrderFailure.OutOfStock => T["There is not enough in stock"],
            "total-changed" => T["The total changed"],
            _ => T["The cart changed meanwhile"],
        };
        return new ShopProblem(refusal.Reason, 409, title, refusal.Message) { Extensions = extensions };
    }

    private static ShopProblem OfLate(Order order) => new("order-not-cancellable", 409, T["This order cannot be cancelled"], order.State switch
    {
        OrderState.Shipped or OrderState.Delivered => T["It is with the carrier or has arrived. Send it back within thirty days instead."],
        OrderState.OutOfStock or OrderState.Declined or OrderState.Cancelled => T["It never came to be, and nothing was charged."],
        _ => T["It is still being placed. Try again in a moment."],
    })
    {
        Extensions = new Dictionary<string, object?> { ["orderId"] = order.Id, ["status"] = order.State.Word() },
    };

    private static ShopProblem OfOrder(Order order)
    {
        var problem = order.Failure switch
        {
            OrderFailure.OutOfStock => new ShopProblem(OrderFailure.OutOfStock, 409, T["There is not enough in stock"], T["Somebody else was faster. Nothing was charged and your cart is as it was: change it, then order again."]),
            OrderFailure.Declined => new ShopProblem(OrderFailure.Declined, 402, T["The payment was declined"], T["Nothing was charged and your cart is as it was. Try again with another way to pay."]),
            OrderFailure.CartChanged => new ShopProblem(OrderFailure.CartChanged, 409, T["The cart changed meanwhile"], T["It was changed while the order was being placed. Nothing was ordered: look at it, then order again."]),
            OrderFailure.PaymentLost => new ShopProblem(OrderFailure.PaymentLost, 409, T["The payment did not arrive"], T["The payment provider never got it, so the order was cancelled. Nothing was charged; please order again."]),
            OrderFailure.SoldOutMeanwhile => new ShopProblem(OrderFailure.SoldOutMeanwhile, 409, T["Sold out in the meantime"], T["The payment took longer than we could hold the goods. The money goes back to you."]),
            _ => new ShopProblem(OrderFailure.Interrupted, 409, T["The order was interrupted"], T["It was not completed and nothing was charged. Your cart is as it was: please order again."]),
        };
        var extensions = new Dictionary<string, object?> { ["orderId"] = order.Id };
        if (order.Shortages is { } shortages) extensions["shortages"] = JsonSerializer.Deserialize<StockShortage[]>(shortages, JsonSerializerOptions.Web);
        return problem with { Extensions = extensions };
    }
}
