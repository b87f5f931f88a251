using System.Globalization;
using Microsoft.AspNetCore.Authorization;

namespace ShopSession.Sessions;

/// <summary>Asks that the user signed in a short while ago, for what a borrowed session must not do (change the password, the e-mail, …).</summary>
/// <param name="MaxAge">How long ago at most.</param>
public sealed record RecentSignInRequirement(TimeSpan MaxAge) : IAuthorizationRequirement;

/// <summary>Adds the requirement to a policy.</summary>
public static class RecentSignInExtensions
{
    /// <summary>
    /// Asks for a signed-in user whose last sign-in is at most <paramref name="maxAge"/> old. Who signed in longer ago is sent to sign in again (step-up), which changes the
    /// session's id and keeps everything else; API clients get 401 as RFC 9470 describes.
    /// </summary>
    public static AuthorizationPolicyBuilder RequireRecentSignIn(this AuthorizationPolicyBuilder policy, TimeSpan maxAge)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maxAge, TimeSpan.Zero);
        return policy.RequireAuthenticatedUser().AddRequirements(new RecentSignInRequirement(maxAge));
    }

    internal static string Seconds(this RecentSignInRequirement requirement) =>
        ((long)requirement.MaxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
