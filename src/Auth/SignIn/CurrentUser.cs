using System.Security.Claims;
using ShopSession.Sessions;

namespace ShopSession.Auth.SignIn;

/// <summary>The signed-in user of a request.</summary>
internal static class CurrentUser
{
    /// <exception cref="InvalidOperationException">Nobody is signed in; the endpoint lacks its authorization.</exception>
    public static UserId UserId(this ClaimsPrincipal principal) =>
        new(principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in."));
}
