using System.Security.Claims;

namespace ShopSession.Cart.Orders;

/// <summary>The e-mail address that the account proved to own.</summary>
internal static class ConfirmedEmail
{
    /// <summary>Tells, with the value <c>true</c>, that the address in the e-mail claim is confirmed (OpenID Connect's name for it).</summary>
    public const string Claim = "email_verified";

    public static string? Of(ClaimsPrincipal user) =>
        user.FindFirstValue(Claim) is "true" && user.FindFirstValue(ClaimTypes.Email) is { Length: > 0 } email ? email : null;
}
