using System.Net;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.KeyRing;

namespace ShopSession.Sessions.Configuration;

/// <summary>
/// The cookie doctor: stops the start when the settings would make browsers drop the cookie or withhold it from a sibling, or when limits contradict one another; says
/// what is wrong and what to set.
/// </summary>
internal sealed class SharedSessionOptionsValidator : IValidateOptions<SharedSessionOptions>
{
    public ValidateOptionsResult Validate(string? name, SharedSessionOptions options)
    {
        List<string> problems = [.. Domain(options), .. Cookie(options), .. Limits(options), .. StrategyRules.Problems(options), .. TransportRules.Problems(options)];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Domain(SharedSessionOptions options)
    {
        var domain = options.Domain;
        if (string.IsNullOrWhiteSpace(domain))
        {
            yield return "Session:Domain is empty; set the parent domain that all siblings share, for example shop.example.com.";
            yield break;
        }

        if (domain.StartsWith('.') || domain.EndsWith('.') || domain.Contains(':', StringComparison.Ordinal) || domain.Contains('/', StringComparison.Ordinal)
            || Uri.CheckHostName(domain) is UriHostNameType.Unknown)
        {
            yield return $"Session:Domain is '{domain}', which is no host name; give it without scheme, port, path and outer dots, for example shop.example.com.";
            yield break;
        }

        if (IPAddress.TryParse(domain, out _))
        {
            yield return $"Session:Domain is the address {domain}; browsers share cookies between hosts of a domain name only.";
        }
        else if (!domain.Contains('.', StringComparison.Ordinal))
        {
            yield return $"Session:Domain is '{domain}': browsers refuse a cookie for a single label (localhost too). Use one more label, for example shop.{domain}.";
        }
        else if (PublicSuffixes.Contains(domain))
        {
            yield return $"Session:Domain is '{domain}', a public suffix under which anyone can register: browsers refuse such a cookie. Use your own domain below it, for example shop.{domain}.";
        }

        foreach (var sibling in options.Siblings)
        {
            if (!string.Equals(sibling, domain, StringComparison.OrdinalIgnoreCase) && !sibling.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase))
                yield return $"The sibling '{sibling}' is not below Session:Domain '{domain}', so the cookie would never reach it. Set Session:Domain to a parent of all siblings.";
        }
    }

    private static IEnumerable<string> Cookie(SharedSessionOptions options)
    {
        const string Token = "!#$%&'*+-.^_`|~";
        if (options.CookieName.Length == 0 || !options.CookieName.All(c => char.IsAsciiLetterOrDigit(c) || Token.Contains(c, StringComparison.Ordinal)))
            yield return $"Session:CookieName is '{options.CookieName}', which is no cookie name; use letters, digits, '-', '_' and '.'.";
        if (options.CookieName.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase) || options.CookieName.StartsWith("__Host-Http-", StringComparison.OrdinalIgnoreCase))
            yield return $"Session:CookieName is '{options.CookieName}', but browsers refuse a __Host- cookie that is widened to a domain. Use the prefix __Secure-.";
    }

    private static IEnumerable<string> Limits(SharedSessionOptions options)
    {
        if (options.IdleTimeout < TimeSpan.FromSeconds(1)) yield return $"Session:IdleTimeout is {options.IdleTimeout}; it must be at least one second (00:00:01).";
        if (options.AbsoluteTimeout < TimeSpan.FromSeconds(1)) yield return $"Session:AbsoluteTimeout is {options.AbsoluteTimeout}; it must be at least one second (00:00:01).";
        if (options.RememberMeTimeout < TimeSpan.FromSeconds(1)) yield return $"Session:RememberMeTimeout is {options.RememberMeTimeout}; it must be at least one second (00:00:01).";
        if (options.RememberMeTimeout > TimeSpan.FromDays(400)) yield return $"Session:RememberMeTimeout is {options.RememberMeTimeout}; browsers keep no cookie longer than 400 days.";
        if (options.AbsoluteTimeout > TimeSpan.FromDays(400)) yield return $"Session:AbsoluteTimeout is {options.AbsoluteTimeout}; at most 400 days are allowed.";
        if (options.AnonymousTimeout < TimeSpan.FromSeconds(1)) yield return $"Session:AnonymousTimeout is {options.AnonymousTimeout}; it must be at least one second (00:00:01).";
        if (options.AnonymousAbsoluteTimeout < TimeSpan.FromSeconds(1) || options.AnonymousAbsoluteTimeout > TimeSpan.FromDays(400))
            yield return $"Session:AnonymousAbsoluteTimeout is {options.AnonymousAbsoluteTimeout}; allowed: one second to 400 days, the longest that browsers keep a cookie.";
        if (options.SlidingInterval >= options.AnonymousTimeout)
            yield return $"Session:SlidingInterval ({options.SlidingInterval}) must be shorter than Session:AnonymousTimeout ({options.AnonymousTimeout}); otherwise a guest's session in use would end.";
        if (options.SlidingInterval < TimeSpan.Zero || options.SlidingInterval >= options.IdleTimeout)
            yield return $"Session:SlidingInterval ({options.SlidingInterval}) must be shorter than Session:IdleTimeout ({options.IdleTimeout}) and not negative; otherwise a session in use would end.";
        if (options.RotationGrace < TimeSpan.Zero || options.RotationGrace > TimeSpan.FromMinutes(1)) yield return $"Session:RotationGrace is {options.RotationGrace}; allowed: 0 to 1 minute.";
        if (options.MaxPerUser < 0) yield return $"Session:MaxPerUser is {options.MaxPerUser}; use 0 for no limit or a positive number.";
        if (options.MaxAttributeBytes is < 1 or > 16 * 1024 * 1024) yield return $"Session:MaxAttributeBytes is {options.MaxAttributeBytes}; allowed: 1 to 16777216.";
        if (options.MaxAttributes is < 1 or > 10_000) yield return $"Session:MaxAttributes is {options.MaxAttributes}; allowed: 1 to 10000.";
        if (options.MaxInMemory < 1) yield return $"Session:MaxInMemory is {options.MaxInMemory}; use a positive number.";
        if (options.MaxClientBytes is < 1024 or > 20 * 1024) yield return $"Session:MaxClientBytes is {options.MaxClientBytes}; allowed: 1024 to 20480 (servers refuse requests with more than 32 KiB of headers, the shop's gateway with more than 24).";
        if (options.Replicas < 1) yield return $"Session:Replicas is {options.Replicas}; use the number of replicas of each service, at least 1.";
        if (!Enum.IsDefined(options.LimitPolicy)) yield return $"Session:LimitPolicy is {options.LimitPolicy}; allowed: {string.Join(", ", Enum.GetNames<SessionLimitPolicy>())}.";
        if (options.PayloadVersion is < 1 or > SessionBirth.PayloadVersion) yield return $"Session:PayloadVersion is {options.PayloadVersion}; this build writes 1 to {SessionBirth.PayloadVersion}.";
        if (options.CookieBudgetBytes is < 256 or > 65536) yield return $"Session:CookieBudgetBytes is {options.CookieBudgetBytes}; allowed: 256 to 65536.";
        if (options.KeyRingSecret.Length is > 0 and < KeyRingSecret.MinLength)
            yield return $"Session:KeyRingSecret has {options.KeyRingSecret.Length} characters; at least {KeyRingSecret.MinLength} random ones are needed, for example of: openssl rand -base64 32.";
        if (string.IsNullOrEmpty(options.ApplicationName)) yield return "Session:ApplicationName is empty; give every sibling the same name.";
    }
}
