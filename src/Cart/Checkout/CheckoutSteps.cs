using System.Text.Json;
using Microsoft.Extensions.Options;
using ShopSession.Cart.Carts;
using ShopSession.Cart.Orders;
using ShopSession.Cart.Payments;

namespace ShopSession.Cart.Checkout;

/// <summary>The steps of a checkout. Each looks at the order's state, does one thing outside and notes the outcome on the order.</summary>
internal sealed partial class CheckoutSteps(
    IStockHolds stock, IPaymentProvider payments, ICartStore carts, IOptions<CheckoutOptions> options, TimeProvider time, ILogger<CheckoutSteps> logger)
{
    private CheckoutOptions Options => options.Value;

    /// <summary>Does the next step. <see langword="false"/>: there is nothing more to do just now.</summary>
    public Task<bool> StepAsync(Order order, CheckoutDriver driver, CancellationToken cancellationToken) => (order.State, driver) switch
    {
        (OrderState.Draft or OrderState.Held, CheckoutDriver.Background) => Task.FromResult(Close(order, OrderState.Cancelled, OrderFailure.Interrupted)),
        (OrderState.Draft, _) => HoldAsync(order, cancellationToken),
        (OrderState.Held, _) => Task.FromResult(BeginPayment(order)),
        // Found in the background, it is unknown whether the provider was asked.
        (OrderState.Paying, CheckoutDriver.Background) => Task.FromResult(AwaitOutcome(order, goOn: true)),
        (OrderState.Paying, _) => PayAsync(order, cancellationToken),
        (OrderState.PaymentPending, _) => ReconcileAsync(order, cancellationToken),
        (OrderState.Paid, _) => ConfirmAsync(order, cancellationToken),
        (OrderState.Placed, _) => SettleAsync(order, cancellationToken),
        (OrderState.Cancelling, _) => RefundAsync(order, cancellationToken),
        (OrderState.Refunded, _) => ReturnAsync(order, cancellationToken),
        _ => GiveBackAsync(order, cancellationToken),
    };

    private async Task<bool> HoldAsync(Order order, CancellationToken cancellationToken)
    {
        // Read again now that the order is written: an order that this cart went into before took its lines out and raised the version
        // before it let go of the cart, so the same lines cannot be ordered twice.
        if (!CartId.TryParse(order.Cart, out var cart) || (await carts.ReadAsync(cart, cancellationToken)).Version != order.CartVersion)
            return Close(order, OrderState.Cancelled, OrderFailure.CartChanged);
        return await TakeStockAsync(order, cancellationToken)
            ? Move(order, OrderState.Held)
            : Close(order, OrderState.OutOfStock, OrderFailure.OutOfStock);
    }

    private async Task<bool> TakeStockAsync(Order order, CancellationToken cancellationToken)
    {
        HoldLine[] lines = [.. order.Lines.Select(line => new HoldLine(line.ProductId, line.Quantity))];
        var result = await stock.HoldAsync(order.Id, lines, Options.HoldTime, cancellationToken);
        if (result.IsHeld) order.HoldExpiresAt = result.ExpiresAt;
        else order.Shortages = JsonSerializer.Serialize(result.Shortages, JsonSerializerOptions.Web);
        return result.IsHeld;
    }

    // Written before the provider is asked: whoever finds the order then knows that it may have been paid.
    private bool BeginPayment(Order order)
    {
        order.PayingAt = time.GetUtcNow();
        return Move(order, OrderState.Paying);
    }

    private async Task<bool> PayAsync(Order order, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Options.PaymentTimeout);
        try
        {
            var outcome = await payments.ChargeAsync(new PaymentRequest(order.Id, order.Total, Money.Currency, order.PaymentToken), limit.Token);
            return Note(order, outcome) || AwaitOutcome(order, goOn: false);
        }
        catch (Exception exception) when (IsUnknown(exception, cancellationToken))
        {
            LogOutcomeUnknown(exception, order.Id);
            return AwaitOutcome(order, goOn: false);
        }
    }

    private async Task<bool> ReconcileAsync(Order order, CancellationToken cancellationToken)
    {
        PaymentOutcome outcome;
        try
        {
            outcome = await payments.FindAsync(order.Id, cancellationToken);
        }
        catch (Exception exception) when (IsUnknown(exception, cancellationToken))
        {
            LogOutcomeUnknown(exception, order.Id);
            return false;
        }
        if (Note(order, outcome)) return true;
        if (outcome.Status == PaymentStatus.Unknown || time.GetUtcNow() - order.PayingAt < Options.PaymentGiveUp) return false;

        // The provider knows nothing of it. Should the request still arrive, it must not charge for an order that is given up.
        await payments.VoidAsync(order.Id, cancellationToken);
        return Close(order, OrderState.Cancelled, OrderFailure.PaymentLost);
    }

    private async Task<bool> ConfirmAsync(Order order, CancellationToken cancellationToken)
    {
        order.AcceptedAt ??= time.GetUtcNow();
        if (await stock.ConfirmAsync(order.Id, cancellationToken)) return Move(order, OrderState.Placed);

        // The payment took longer than the hold. With luck the pieces are still there.
        LogHoldExpired(order.Id);
        if (await TakeStockAsync(order, cancellationToken)) return true;
        await payments.VoidAsync(order.Id, cancellationToken);
        return Close(order, OrderState.Cancelled, OrderFailure.SoldOutMeanwhile);
    }

    private async Task<bool> SettleAsync(Order order, CancellationToken cancellationToken)
    {
        if (CartId.TryParse(order.Cart, out var cart))
        {
            await carts.SettleAsync(cart, order.Id, order.Lines.ToDictionary(line => new ProductId(line.ProductId), line => line.Quantity), time.GetUtcNow(), cancellationToken);
        }
        order.OpenCart = null;
        order.Unfinished = false;
        return true;
    }

    private async Task<bool> GiveBackAsync(Order order, CancellationToken cancellationToken)
    {
        await stock.ReleaseAsync(order.Id, cancellationToken);
        order.Unfinished = false;
        return true;
    }

    private async Task<bool> RefundAsync(Order order, CancellationToken cancellationToken)
    {
        try
        {
            await payments.VoidAsync(order.Id, cancellationToken);
        }
        catch (Exception exception) when (IsUnknown(exception, cancellationToken))
        {
            LogOutcomeUnknown(exception, order.Id);
            return false;
        }
        return Move(order, OrderState.Refunded);
    }

    private async Task<bool> ReturnAsync(Order order, CancellationToken cancellationToken)
    {
        if (!await stock.ReturnAsync(order.Id, cancellationToken)) LogNothingToReturn(order.Id);
        order.Unfinished = false;
        return true;
    }

    /// <summary>Notes what the provider decided; <see langword="false"/> when it did not.</summary>
    private static bool Note(Order order, PaymentOutcome outcome)
    {
        switch (outcome.Status)
        {
            case PaymentStatus.Charged:
                order.PaymentReference = outcome.Reference;
                return Move(order, OrderState.Paid);
            case PaymentStatus.Declined:
                return Close(order, OrderState.Declined, OrderFailure.Declined);
            default:
                return false;
        }
    }

    private bool AwaitOutcome(Order order, bool goOn)
    {
        order.AcceptedAt ??= time.GetUtcNow();
        Move(order, OrderState.PaymentPending);
        return goOn;
    }

    private static bool Move(Order order, OrderState state)
    {
        order.State = state;
        return true;
    }

    /// <summary>Ends the order without success. The cart is free at once; what is held is given back next.</summary>
    private static bool Close(Order order, OrderState state, string failure)
    {
        order.Failure = failure;
        order.OpenCart = null;
        return Move(order, state);
    }

    private static bool IsUnknown(Exception exception, CancellationToken caller) => exception switch
    {
        TimeoutException or HttpRequestException => true,
        OperationCanceledException => !caller.IsCancellationRequested,
        _ => false,
    };

    [LoggerMessage(2110, LogLevel.Warning, "The payment provider did not answer for order {Order}; what became of it is found out later.")]
    private partial void LogOutcomeUnknown(Exception exception, Guid order);

    [LoggerMessage(2112, LogLevel.Error, "The pieces of the cancelled order {Order} could not be put back: the catalog has forgotten them. Correct its stock by hand.")]
    private partial void LogNothingToReturn(Guid order);

    [LoggerMessage(2111, LogLevel.Warning, "The stock held for the paid order {Order} had expired; holding it again.")]
    private partial void LogHoldExpired(Guid order);
}
