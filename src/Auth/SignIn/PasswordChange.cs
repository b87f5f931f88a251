using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Sessions;

namespace ShopSession.Auth.SignIn;

/// <summary>What a change of password came to.</summary>
internal sealed record PasswordChangeResult(FieldErrors Errors, bool OthersEnded);

/// <summary>Changes the password and ends what was signed in with the old one.</summary>
internal sealed class PasswordChange(Profile profile, ISessionDirectory sessions, ILogger<PasswordChange> logger)
{
    public async Task<PasswordChangeResult> RunAsync(HttpContext context, string? current, string? replacement, CancellationToken cancellationToken)
    {
        var user = await profile.FindAsync(context.User.UserId().Value, cancellationToken);
        if (user is null) return new PasswordChangeResult(new FieldErrors().Add(FieldErrors.Current, "This account no longer exists."), false);
        var errors = await profile.ChangePasswordAsync(user, current, replacement, ClientAddress.Of(context), cancellationToken);
        if (errors.Any) return new PasswordChangeResult(errors, false);

        // First the password, then the sessions: the other way round, someone could sign in with the old password in between and stay.
        try
        {
            await EndOthersAsync(context, user);
        }
        catch (SessionStoreUnavailableException error)
        {
            AuthLog.OthersNotEnded(logger, user.Id, error);
            return new PasswordChangeResult(errors, false);
        }

        AuthLog.PasswordChanged(logger, user.Id);
        return new PasswordChangeResult(errors, true);
    }

    private async Task EndOthersAsync(HttpContext context, ShopUser user)
    {
        // Not with the request's token: the password is changed, whether the browser waits for the answer or not.
        try
        {
            await context.GetSharedSession().EndOthersAsync(CancellationToken.None);
        }
        catch (SessionEndedException)
        {
            // This session itself ended in between and can end no others: then all of them end.
            await sessions.RevokeAllAsync(new UserId(user.Id), CancellationToken.None);
        }
    }
}
