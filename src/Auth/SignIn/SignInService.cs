using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Passwords;
using ShopSession.Auth.TwoFactor;
using ShopSession.Sessions;

namespace ShopSession.Auth.SignIn;

/// <summary>Signs users in through the framework's own doors; the session behind them is the shared one.</summary>
internal sealed class SignInService(CredentialCheck credentials, TwoFactorCheck twoFactor, AccountLockout lockout, AuthDbContext db, ILogger<SignInService> logger)
{
    /// <summary>Checks the credentials, and the second factor where the account has one, and if they are right, signs in.</summary>
    public async Task<SignInResult> SignInAsync(HttpContext context, SignInAttempt attempt, CancellationToken cancellationToken)
    {
        if (!PasswordText.CanBePassword(attempt.Password)) return new SignInResult(SignInOutcome.Refused);
        var verified = await credentials.VerifyAsync(attempt.Email, attempt.Password, ClientAddress.Of(context), cancellationToken);
        if (verified is null) return new SignInResult(SignInOutcome.Refused);
        if (verified.User.TwoFactorEnabled)
        {
            if (string.IsNullOrWhiteSpace(attempt.Code) && string.IsNullOrWhiteSpace(attempt.RecoveryCode)) return new SignInResult(SignInOutcome.TwoFactorRequired, verified);
            if (!await twoFactor.VerifyAsync(verified.User, attempt.Code, attempt.RecoveryCode, cancellationToken)) return new SignInResult(SignInOutcome.TwoFactorRefused);
        }

        return await CompleteAsync(context, verified, attempt.RememberMe, attempt.AsToken, cancellationToken);
    }

    /// <summary>Goes on with a sign-in that waits for its second factor.</summary>
    public async Task<SignInResult> ContinueAsync(HttpContext context, PendingSignIn pending, string? code, string? recoveryCode, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == pending.UserId && row.TwoFactorEnabled, cancellationToken);
        if (user is null || lockout.IsLocked(user)) return new SignInResult(SignInOutcome.Refused);
        if (!await twoFactor.VerifyAsync(user, code, recoveryCode, cancellationToken)) return new SignInResult(SignInOutcome.TwoFactorRefused);
        PendingSignIn.Clear(context);
        return await CompleteAsync(context, new VerifiedUser(user, pending.Generation), pending.RememberMe, asToken: false, cancellationToken);
    }

    /// <summary>Signs a user in who has shown all there is to show: with a cookie, or with a token for clients without a cookie jar.</summary>
    public async Task<SignInResult> CompleteAsync(HttpContext context, VerifiedUser verified, bool rememberMe, bool asToken, CancellationToken cancellationToken)
    {
        // A sign-in that a change of password overtakes fails, rather than outliving the old password.
        var user = verified.User;
        var properties = new AuthenticationProperties { IsPersistent = rememberMe }.SetSessionGeneration(verified.Generation);
        var token = asToken ? await context.GetSharedSession().SignInForTokenAsync(UserPrincipal.Of(user), properties, cancellationToken) : null;
        if (!asToken) await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, UserPrincipal.Of(user), properties);
        AuthLog.SignedIn(logger, user.Id, asToken ? "token" : "cookie");
        return new SignInResult(SignInOutcome.SignedIn, verified, token);
    }
}
