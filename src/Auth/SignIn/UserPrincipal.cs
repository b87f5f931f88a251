using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ShopSession.Auth.Accounts;
using ShopSession.Sessions;

namespace ShopSession.Auth.SignIn;

/// <summary>Who a user is to every service of the shop: the claims that travel in the session.</summary>
internal static class UserPrincipal
{
    /// <summary>OpenID Connect's claim: <c>true</c> when the owner of the address has shown that it is theirs, else <c>false</c>.</summary>
    public const string EmailVerified = "email_verified";

    public static ClaimsPrincipal Of(ShopUser user)
    {
        var identity = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.Id),
            new Claim(ClaimTypes.Name, user.DisplayName),
            new Claim(ClaimTypes.Email, user.Email!),
            new Claim(EmailVerified, user.EmailConfirmed ? "true" : "false", ClaimValueTypes.Boolean),
        ], CookieAuthenticationDefaults.AuthenticationScheme);
        if (user.Role is { } role) identity.AddClaim(new Claim(ClaimTypes.Role, role));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Puts the user as they are now into this device's running session. Other devices have it from their next sign-in.</summary>
    /// <exception cref="SessionEndedException">The session ended meanwhile.</exception>
    public static async Task RenewAsync(HttpContext context, ShopUser user)
    {
        var ticket = await context.AuthenticateAsync();
        var properties = new AuthenticationProperties { IsPersistent = ticket.Properties?.IsPersistent == true }.SetSessionRenewal();
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Of(user), properties);
    }
}
