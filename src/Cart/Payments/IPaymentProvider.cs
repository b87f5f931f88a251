namespace ShopSession.Cart.Payments;

/// <summary>
/// Who takes the money. The order's id is the provider's idempotency key: asking twice for one order charges once. Safe for concurrent use.
/// </summary>
internal interface IPaymentProvider
{
    /// <summary>The name in <c>payment.method</c>.</summary>
    string Method { get; }

    /// <summary>The values of <c>payment.token</c> that this provider can make sense of.</summary>
    bool Accepts(string token);

    /// <summary>Charges the amount, or says why not. An exception or a time-out means that the outcome is not known.</summary>
    Task<PaymentOutcome> ChargeAsync(PaymentRequest request, CancellationToken cancellationToken);

    /// <summary>Says what became of a charge that was asked for.</summary>
    Task<PaymentOutcome> FindAsync(Guid order, CancellationToken cancellationToken);

    /// <summary>
    /// Gives the money back, or sees to it that a charge still on its way is refused. Afterwards the shopper has not paid and cannot
    /// come to pay for this order.
    /// </summary>
    Task VoidAsync(Guid order, CancellationToken cancellationToken);
}

/// <summary>What is to be charged.</summary>
internal sealed record PaymentRequest(Guid Order, decimal Amount, string Currency, string Token);

/// <summary>What a provider says of a payment.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Reference">The provider's name for it, when charged.</param>
internal sealed record PaymentOutcome(PaymentStatus Status, string? Reference = null);

internal enum PaymentStatus
{
    /// <summary>The money is the shop's.</summary>
    Charged,

    /// <summary>Refused for good.</summary>
    Declined,

    /// <summary>The provider knows of no such payment.</summary>
    NotFound,

    /// <summary>Not decided yet: ask again later.</summary>
    Unknown,
}
