using Microsoft.Extensions.Options;

namespace ShopSession.Cart.Limits;

/// <summary>
/// How many requests are taken within <see cref="Window"/>; bound from the section <c>Cart:Limits</c>. Counted in the store, over all
/// replicas. The limits of an address are wide: an office, a school or a phone network shares one.
/// </summary>
internal sealed class RequestLimitOptions
{
    public const string Section = "Cart:Limits";

    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    public int CartChangesPerSession { get; set; } = 600;

    public int CartChangesPerAddress { get; set; } = 6000;

    public int OrdersPerSession { get; set; } = 300;

    public int OrdersPerAddress { get; set; } = 3000;

    /// <summary>Per address only: a session costs nothing, so whoever guesses takes a new one each time.</summary>
    public int OrderLookupsPerAddress { get; set; } = 10;

    /// <summary>The limits of a kind of request; a null limit counts nothing.</summary>
    public (int? PerSession, int PerAddress) Of(LimitedRequest kind) => kind switch
    {
        LimitedRequest.CartChange => (CartChangesPerSession, CartChangesPerAddress),
        LimitedRequest.Order => (OrdersPerSession, OrdersPerAddress),
        _ => (null, OrderLookupsPerAddress),
    };
}

internal sealed class RequestLimitOptionsValidator : IValidateOptions<RequestLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestLimitOptions options)
    {
        List<string> wrong = [];
        foreach (var (setting, value) in ((string, int)[])
        [
            (nameof(options.CartChangesPerSession), options.CartChangesPerSession), (nameof(options.CartChangesPerAddress), options.CartChangesPerAddress),
            (nameof(options.OrdersPerSession), options.OrdersPerSession), (nameof(options.OrdersPerAddress), options.OrdersPerAddress),
            (nameof(options.OrderLookupsPerAddress), options.OrderLookupsPerAddress),
        ])
        {
            if (value is < 1 or > 1_000_000) wrong.Add($"{RequestLimitOptions.Section}:{setting} is {value}; allowed are 1 to 1000000.");
        }
        if (options.Window < TimeSpan.FromSeconds(1) || options.Window > TimeSpan.FromDays(1)) wrong.Add($"{RequestLimitOptions.Section}:Window is {options.Window}; allowed are 00:00:01 to 1.00:00:00.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
