using Microsoft.Extensions.Options;

namespace ShopSession.Auth.Limits;

internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var wrong = new List<string>();
        (string Name, int Value)[] counts =
        [
            (nameof(options.AccountFromAddress), options.AccountFromAddress), (nameof(options.Account), options.Account), (nameof(options.Address), options.Address),
            (nameof(options.Register), options.Register), (nameof(options.MailTo), options.MailTo), (nameof(options.MailFrom), options.MailFrom), (nameof(options.TwoFactor), options.TwoFactor),
            (nameof(options.TwoFactorDay), options.TwoFactorDay), (nameof(options.Passkey), options.Passkey),
        ];
        (string Name, TimeSpan Value)[] windows =
        [
            (nameof(options.AccountFromAddressWindow), options.AccountFromAddressWindow), (nameof(options.AccountWindow), options.AccountWindow), (nameof(options.AddressWindow), options.AddressWindow),
            (nameof(options.RegisterWindow), options.RegisterWindow), (nameof(options.MailToWindow), options.MailToWindow), (nameof(options.MailFromWindow), options.MailFromWindow),
            (nameof(options.TwoFactorWindow), options.TwoFactorWindow), (nameof(options.PasskeyWindow), options.PasskeyWindow),
        ];
        wrong.AddRange(counts.Where(x => x.Value is < 1 or > 100_000).Select(x => $"{LimitOptions.Section}:{x.Name} is {x.Value}; allowed are 1 to 100000."));
        wrong.AddRange(windows.Where(x => x.Value < TimeSpan.FromSeconds(1) || x.Value > TimeSpan.FromDays(1)).Select(x => $"{LimitOptions.Section}:{x.Name} is {x.Value}; allowed are 00:00:01 to 1.00:00:00."));
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
