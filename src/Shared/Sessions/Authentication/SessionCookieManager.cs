using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Http;

namespace ShopSession.Sessions.Authentication;

/// <summary>Lets the session alone write the one cookie; cookie authentication only asks whether a login is there.</summary>
internal sealed class SessionCookieManager : ICookieManager
{
    public string? GetRequestCookie(HttpContext context, string key) =>
        context.Features.Get<ISharedSession>() is SharedSession { Ticket: not null } session ? session.Handle!.Value.Value : null;

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
    {
        // Written when the session changed its id, with the attributes that the contract fixes.
    }

    public void DeleteCookie(HttpContext context, string key, CookieOptions options)
    {
        // Written when the session ended. Signing out without a login keeps the anonymous session; but while the store cannot say whether there is one, nobody is told that it has ended.
        if (context.Features.Get<ISharedSession>() is SharedSession session) session.ThrowIfUnavailable();
    }
}
