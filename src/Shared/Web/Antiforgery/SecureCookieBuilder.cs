using Microsoft.AspNetCore.Http;

namespace ShopSession.Web.Antiforgery;

/// <summary>
/// A cookie that is always Secure. The framework's own <c>SecurePolicy.Always</c> makes antiforgery refuse to work over plain http,
/// while browsers accept Secure cookies of <c>*.localhost</c> there; so the attribute is set without the refusal.
/// </summary>
internal sealed class SecureCookieBuilder : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure = true;
        return options;
    }
}
