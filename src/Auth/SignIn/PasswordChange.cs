using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Mail;
using ShopSession.Sessions;

namespace ShopSession.Auth.SignIn;

/// <summary>What a change of password came to.</summary>
internal sealed record PasswordChangeResult(FieldErrors Errors, bool OthersEnded);

/// <summary>Changes the password and ends what was signed in with the old one.</summary>
internal sealed class PasswordChange(Profile profile, SessionEnding ending, AuthDbContext db, MailOutbox outbox, AccountMails mails, ILogger<PasswordChange> logger)
{
    public async Task<PasswordChangeResult> RunAsync(HttpContext context, string? current, string? replacement, CancellationToken cancellationToken)
    {
        var user = await profile.FindAsync(context.User.UserId().Value, cancellationToken);
        if (user is null) return new PasswordChangeResult(new FieldErrors().Add(FieldErrors.Current, T["This account no longer exists."]), false);
        var errors = await profile.ChangePasswordAsync(user, current, replacement, ClientAddress.Of(context), cancellationToken);
        if (errors.Any) return new PasswordChangeResult(errors, false);

        outbox.TryAdd(db, mails.PasswordChanged(user.Email!));
        await db.SaveChangesAsync(CancellationToken.None);
        outbox.Wake();
        // First the password, then the sessions: the other way round, someone could sign in with the old password in between and stay.
        try
        {
            await ending.OthersAsync(context, new UserId(user.Id));
        }
        catch (SessionStoreUnavailableException error)
        {
            AuthLog.OthersNotEnded(logger, user.Id, error);
            return new PasswordChangeResult(errors, false);
        }

        AuthLog.PasswordChanged(logger, user.Id);
        return new PasswordChangeResult(errors, true);
    }
}
