using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace ShopSession.Auth.Mail;

internal sealed class MailOptionsValidator(IHostEnvironment environment) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var wrong = new List<string>();
        if (options.Mailbox == true && environment.IsProduction())
            wrong.Add("Mail:Mailbox is true in Production: whoever opens it could reset every password. Remove it and set Mail:Smtp:Host.");
        if (options.Mailbox == true && options.Smtp.Host.Length > 0) wrong.Add("Mail:Mailbox is true and Mail:Smtp:Host is set: mail is either kept or sent. Remove one of them.");
        if (options.Smtp.Host.Length > 0 && !MailAddress.TryCreate(options.From, out _))
            wrong.Add($"Mail:From is \"{options.From}\"; with Mail:Smtp:Host it must be the address that the shop's mail comes from, such as shop@example.org.");
        if (options.Smtp.Port is < 1 or > 65535) wrong.Add($"Mail:Smtp:Port is {options.Smtp.Port}; allowed are 1 to 65535.");
        if (options.Interval < TimeSpan.FromSeconds(1) || options.Interval > TimeSpan.FromHours(1)) wrong.Add($"Mail:Interval is {options.Interval}; allowed are 00:00:01 to 01:00:00.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
