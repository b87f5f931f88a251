using Microsoft.Extensions.Options;

namespace ShopSession.Gateway.Configuration;

internal sealed class ShopAddressOptionsValidator : IValidateOptions<ShopAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, ShopAddressOptions options)
    {
        var problems = new List<string>();
        if (Uri.CheckHostName(options.Domain) != UriHostNameType.Dns || options.Domain.EndsWith('.'))
            problems.Add($"Shop:Domain is '{options.Domain}'; expected a host name without a trailing dot, for example shop.localhost. Set Shop__Domain.");
        if (options.Port is < 1 or > 65535)
            problems.Add($"Shop:Port is {options.Port}; allowed: 1 to 65535. Set Shop__Port.");
        if (options.GatewayKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
            problems.Add("Shop:GatewayKey has characters that a header cannot carry; allowed: printable ASCII without spaces. Set Shop__GatewayKey.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
