using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions;

/// <summary>What a sign-in may tell the session through <see cref="AuthenticationProperties"/>.</summary>
public static class SharedSessionPropertiesExtensions
{
    private const string GenerationKey = ".shopsession.generation";
    private const string AuthenticatedKey = ".shopsession.authenticated";
    private const string RenewalKey = ".shopsession.renewal";

    /// <summary>The user's generation as it was before the credentials were checked (<see cref="ISessionDirectory.GetGenerationAsync"/>).</summary>
    public static AuthenticationProperties SetSessionGeneration(this AuthenticationProperties properties, long generation)
    {
        ArgumentNullException.ThrowIfNull(properties);
        properties.Items[GenerationKey] = generation.ToString(CultureInfo.InvariantCulture);
        return properties;
    }

    /// <summary>
    /// This sign-in only renews what the session knows of its user (a new name, a confirmed address): nobody proved anew who they are, so
    /// <see cref="ISharedSession.AuthenticatedAt"/> stays, and a session that ended meanwhile stays ended (<see cref="SessionEndedException"/>).
    /// </summary>
    public static AuthenticationProperties SetSessionRenewal(this AuthenticationProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        properties.Items[RenewalKey] = "true";
        return properties;
    }

    internal static bool IsSessionRenewal(this AuthenticationProperties properties) => properties.Items.ContainsKey(RenewalKey);

    internal static bool TakeSessionRenewal(this AuthenticationProperties properties) => properties.Items.Remove(RenewalKey);

    internal static long? TakeSessionGeneration(this AuthenticationProperties properties) =>
        properties.Items.Remove(GenerationKey, out var text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : null;

    internal static void SetAuthenticatedAt(this AuthenticationProperties properties, DateTimeOffset at) =>
        properties.Items[AuthenticatedKey] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    internal static DateTimeOffset? GetAuthenticatedAt(this AuthenticationProperties properties) =>
        properties.Items.TryGetValue(AuthenticatedKey, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
