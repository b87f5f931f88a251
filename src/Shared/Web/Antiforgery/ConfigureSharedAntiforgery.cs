using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ShopSession.Web.Antiforgery;

/// <summary>One anti-forgery cookie for all siblings, so that a form made by one service is accepted by another and by every replica.</summary>
internal sealed class ConfigureSharedAntiforgery(IOptions<ShopOptions> shop) : IConfigureOptions<AntiforgeryOptions>
{
    public const string CookieName = "__Secure-shop.csrf";

    public void Configure(AntiforgeryOptions options)
    {
        options.Cookie = new SecureCookieBuilder
        {
            Name = CookieName,
            Domain = shop.Value.Domain,
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            SecurePolicy = CookieSecurePolicy.None,
            IsEssential = true,
        };
        options.FormFieldName = "__token";
        options.HeaderName = "X-Shop-Csrf";
        // frame-ancestors 'none' says it for every response.
        options.SuppressXFrameOptionsHeader = true;
    }
}
