using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace ShopSession.Sessions.Authentication;

/// <summary>
/// Stands where the framework would put a protected ticket into the cookie. The cookie carries the session's opaque id alone, written by
/// <see cref="SessionCookieManager"/>; what the handler sees as the cookie's value is the session's public handle.
/// </summary>
internal sealed class SessionTicketFormat : ISecureDataFormat<AuthenticationTicket>
{
    // The claim by which the handler finds a stored ticket (CookieAuthenticationHandler.SessionIdClaim, private there).
    private const string SessionIdClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    public string Protect(AuthenticationTicket data) => Protect(data, null);

    public string Protect(AuthenticationTicket data, string? purpose) => data.Principal.FindFirst(SessionIdClaim)?.Value ?? "";

    public AuthenticationTicket? Unprotect(string? protectedText) => Unprotect(protectedText, null);

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) => protectedText is null
        ? null
        : new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionIdClaim, protectedText)])),
            CookieAuthenticationDefaults.AuthenticationScheme);
}
