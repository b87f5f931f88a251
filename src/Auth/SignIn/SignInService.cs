using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Passwords;
using ShopSession.Sessions;

namespace ShopSession.Auth.SignIn;

/// <summary>What a sign-in came to.</summary>
/// <param name="User">Who is signed in now; <see langword="null"/>: the credentials were refused.</param>
/// <param name="Token">The session's token, when that was asked for instead of a cookie.</param>
internal sealed record SignInResult(ShopUser? User, string? Token = null);

/// <summary>Signs users in and out through the framework's own doors; the session behind them is the shared one.</summary>
internal sealed class SignInService(CredentialCheck credentials, ILogger<SignInService> logger)
{
    /// <summary>Checks the credentials and, if they are right, signs in: with a cookie, or with a token for clients without a cookie jar.</summary>
    public async Task<SignInResult> SignInAsync(HttpContext context, string email, string password, bool rememberMe, bool asToken, CancellationToken cancellationToken)
    {
        if (!PasswordText.CanBePassword(password)) return new SignInResult(null);
        var verified = await credentials.VerifyAsync(email, password, ClientAddress.Of(context), cancellationToken);
        if (verified is null) return new SignInResult(null);

        // A sign-in that a change of password overtakes fails, rather than outliving the old password.
        var user = verified.User;
        var properties = new AuthenticationProperties { IsPersistent = rememberMe }.SetSessionGeneration(verified.Generation);
        var token = asToken ? await context.GetSharedSession().SignInForTokenAsync(UserPrincipal.Of(user), properties, cancellationToken) : null;
        if (!asToken) await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, UserPrincipal.Of(user), properties);
        AuthLog.SignedIn(logger, user.Id, asToken ? "token" : "cookie");
        return new SignInResult(user, token);
    }
}
