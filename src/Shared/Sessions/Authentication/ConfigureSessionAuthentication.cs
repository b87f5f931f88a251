using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace ShopSession.Sessions.Authentication;

/// <summary>Puts the shared session behind the cookie scheme.</summary>
internal sealed class ConfigureSessionAuthentication(IOptions<SharedSessionOptions> session) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (name != CookieAuthenticationDefaults.AuthenticationScheme) return;
        options.SessionStore = new SessionTicketStore();
        options.TicketDataFormat = new SessionTicketFormat();
        options.CookieManager = new SessionCookieManager();
        options.Cookie.Name = session.Value.CookieName;
        // The session slides and ends by the store's clock; the handler's own clock must not.
        options.SlidingExpiration = false;
        options.ReturnUrlParameter = "returnUrl";
        var loginUrl = session.Value.LoginUrl;
        options.Events.OnRedirectToLogin = context => LoginRedirect.ChallengeAsync(context, loginUrl);
        options.Events.OnRedirectToAccessDenied = LoginRedirect.ForbidAsync;
    }
}
