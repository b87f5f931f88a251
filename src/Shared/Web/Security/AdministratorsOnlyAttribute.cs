using Microsoft.AspNetCore.Authorization;

namespace ShopSession.Web.Security;

/// <summary>Lets only the shop's administrators in: who is not signed in is sent to sign in, everybody else gets 403.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AdministratorsOnlyAttribute : AuthorizeAttribute
{
    /// <summary>The role that auth gives to administrators; it travels in the session.</summary>
    public const string Role = "admin";

    /// <summary>Asks for the role.</summary>
    public AdministratorsOnlyAttribute() => Roles = Role;
}
