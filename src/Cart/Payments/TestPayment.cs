namespace ShopSession.Cart.Payments;

/// <summary>A payment in the test provider's ledger. It outlives the process, as a real provider's would.</summary>
internal sealed class TestPayment
{
    public Guid OrderId { get; set; }

    public decimal Amount { get; set; }

    public TestPaymentState State { get; set; }

    /// <summary>From then on the provider can say what became of it.</summary>
    public DateTimeOffset KnownAt { get; set; }
}

internal enum TestPaymentState
{
    Charged,
    Declined,
    Voided,
}
