namespace ShopSession.Auth.Accounts;

/// <summary>The roles of the shop's own people. They travel in the session as <see cref="System.Security.Claims.ClaimTypes.Role"/>.</summary>
internal static class ShopRoles
{
    /// <summary>May look after accounts, products and orders.</summary>
    public const string Administrator = "admin";
}
