using Microsoft.Extensions.Options;

namespace ShopSession.Cart.Checkout;

/// <summary>The times of a checkout; bound from the configuration section <c>Checkout</c>.</summary>
internal sealed class CheckoutOptions
{
    public const string Section = "Checkout";

    /// <summary>How long stock is held for an order that is not paid yet.</summary>
    public TimeSpan HoldTime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long the shopper waits for the payment provider; then the outcome is found out in the background.</summary>
    public TimeSpan PaymentTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a payment that the provider knows nothing of may still be on its way to it.</summary>
    public TimeSpan PaymentGiveUp { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A process that has not moved an order on for this long is taken for dead. Longer than any single step takes.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an order that was interrupted before payment waits for the shopper to try again.</summary>
    public TimeSpan AbandonAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often unfinished orders are looked for.</summary>
    public TimeSpan RecoveryInterval { get; set; } = TimeSpan.FromSeconds(5);
}

internal sealed class CheckoutOptionsValidator : IValidateOptions<CheckoutOptions>
{
    public ValidateOptionsResult Validate(string? name, CheckoutOptions options)
    {
        List<string> wrong = [];
        foreach (var (setting, value) in ((string, TimeSpan)[])
        [
            (nameof(options.HoldTime), options.HoldTime), (nameof(options.PaymentTimeout), options.PaymentTimeout),
            (nameof(options.Lease), options.Lease), (nameof(options.RecoveryInterval), options.RecoveryInterval),
        ])
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1)) wrong.Add($"Checkout:{setting} is {value}; allowed is more than 0 up to one day, for example 00:00:30.");
        }
        if (options.Lease <= options.PaymentTimeout) wrong.Add($"Checkout:Lease ({options.Lease}) must be longer than Checkout:PaymentTimeout ({options.PaymentTimeout}), or an order would be taken over while it is being paid.");
        if (options.AbandonAfter < TimeSpan.Zero) wrong.Add("Checkout:AbandonAfter must not be negative.");
        if (options.PaymentGiveUp < TimeSpan.Zero) wrong.Add("Checkout:PaymentGiveUp must not be negative.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
