using Microsoft.Extensions.Options;

namespace ShopSession.Auth.Limits;

/// <summary>The limits against guessing and flooding; bound from the section <c>Auth:Limits</c>. Counted in the store, over all replicas.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Auth:Limits";

    /// <summary>Wrong passwords for one account from one address within <see cref="AccountFromAddressWindow"/>. Keeps a stranger from locking the owner out.</summary>
    public int AccountFromAddress { get; set; } = 5;

    public TimeSpan AccountFromAddressWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong passwords for one account from anywhere within <see cref="AccountWindow"/>. NIST SP 800-63B-4, 3.2.2 allows 100 in a row.</summary>
    public int Account { get; set; } = 20;

    public TimeSpan AccountWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Wrong passwords from one address, for whatever accounts, within <see cref="AddressWindow"/>.</summary>
    public int Address { get; set; } = 100;

    public TimeSpan AddressWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>New accounts from one address within <see cref="RegisterWindow"/>.</summary>
    public int Register { get; set; } = 30;

    public TimeSpan RegisterWindow { get; set; } = TimeSpan.FromMinutes(10);

    public AttemptLimit SignInPerAccountAndAddress => new("sign-in-pair", AccountFromAddress, AccountFromAddressWindow, ClearedBySuccess: true);

    public AttemptLimit SignInPerAccount => new("sign-in-account", Account, AccountWindow, ClearedBySuccess: true);

    public AttemptLimit SignInPerAddress => new("sign-in-address", Address, AddressWindow, ClearedBySuccess: false);

    public AttemptLimit RegisterPerAddress => new("register", Register, RegisterWindow, ClearedBySuccess: false);
}

internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var wrong = new List<string>();
        (string Name, int Value)[] counts = [(nameof(options.AccountFromAddress), options.AccountFromAddress), (nameof(options.Account), options.Account), (nameof(options.Address), options.Address), (nameof(options.Register), options.Register)];
        (string Name, TimeSpan Value)[] windows = [(nameof(options.AccountFromAddressWindow), options.AccountFromAddressWindow), (nameof(options.AccountWindow), options.AccountWindow), (nameof(options.AddressWindow), options.AddressWindow), (nameof(options.RegisterWindow), options.RegisterWindow)];
        wrong.AddRange(counts.Where(x => x.Value is < 1 or > 100_000).Select(x => $"{LimitOptions.Section}:{x.Name} is {x.Value}; allowed are 1 to 100000."));
        wrong.AddRange(windows.Where(x => x.Value < TimeSpan.FromSeconds(1) || x.Value > TimeSpan.FromDays(1)).Select(x => $"{LimitOptions.Section}:{x.Name} is {x.Value}; allowed are 00:00:01 to 1.00:00:00."));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
