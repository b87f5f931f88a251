using Microsoft.Extensions.Options;

namespace ShopSession.Web;

/// <summary>Stops the start with one message when the shop's address makes no sense.</summary>
internal sealed class ShopOptionsValidator : IValidateOptions<ShopOptions>
{
    public ValidateOptionsResult Validate(string? name, ShopOptions options)
    {
        var failures = new List<string>();
        if (Uri.CheckHostName(options.Domain) != UriHostNameType.Dns || !options.Domain.Contains('.', StringComparison.Ordinal))
        {
            failures.Add($"Shop:Domain is \"{options.Domain}\": expected a parent domain of at least two labels, for example shop.localhost or shop.example.");
        }

        if (options.Port is < 1 or > 65535) failures.Add($"Shop:Port is {options.Port}: expected the gateway's public port, 1 to 65535.");
        if (options.Scheme is not ("http" or "https")) failures.Add($"Shop:Scheme is \"{options.Scheme}\": expected http or https.");
        if (options.GatewayKey is { Length: > 0 and < 16 }) failures.Add("Shop:GatewayKey is shorter than 16 characters: use a random secret, the same for the gateway and every service.");
        if (options.DrainTime < TimeSpan.Zero || options.DrainTime > TimeSpan.FromMinutes(1)) failures.Add($"Shop:DrainTime is {options.DrainTime}: expected 00:00:00 to 00:01:00 (hours:minutes:seconds).");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
