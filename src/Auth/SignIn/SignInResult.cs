namespace ShopSession.Auth.SignIn;

/// <summary>What a sign-in came to.</summary>
/// <param name="Outcome">Whether it succeeded, and if not, why.</param>
/// <param name="Verified">The account, as far as it was shown to be the visitor's.</param>
/// <param name="Token">The session's token, when that was asked for instead of a cookie.</param>
internal sealed record SignInResult(SignInOutcome Outcome, VerifiedUser? Verified = null, string? Token = null);

internal enum SignInOutcome
{
    /// <summary>The credentials are wrong, or the account is locked.</summary>
    Refused,

    /// <summary>The password is right; the account asks for a second factor too.</summary>
    TwoFactorRequired,

    /// <summary>The password is right, the code is not.</summary>
    TwoFactorRefused,

    SignedIn,
}
