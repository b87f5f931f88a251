namespace ShopSession.Auth;

/// <summary>The names of auth's authorization policies.</summary>
internal static class AuthPolicies
{
    /// <summary>Signed in a short while ago, for what a borrowed session must not do.</summary>
    public const string RecentSignIn = "recent-sign-in";

    /// <summary>How long ago at most.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);
}
