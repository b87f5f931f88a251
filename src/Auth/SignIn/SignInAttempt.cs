namespace ShopSession.Auth.SignIn;

/// <summary>What somebody shows to sign in.</summary>
/// <param name="Email">The address as <see cref="Accounts.EmailAddress"/> writes it.</param>
/// <param name="Password">As typed.</param>
/// <param name="RememberMe">Whether the session outlives the browser.</param>
/// <param name="AsToken">Whether a token is wanted instead of a cookie.</param>
/// <param name="Code">The authenticator's code, when given along.</param>
/// <param name="RecoveryCode">Or a recovery code.</param>
internal sealed record SignInAttempt(string Email, string Password, bool RememberMe, bool AsToken = false, string? Code = null, string? RecoveryCode = null);
