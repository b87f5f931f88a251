using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Mail;
using ShopSession.Auth.Passwords;
using ShopSession.Auth.SignIn;
using ShopSession.Auth.Tokens;
using ShopSession.Sessions;

namespace ShopSession.Auth.Recovery;

/// <summary>
/// A new password for who forgot theirs, by a link that the account's mailbox gets. Asking does the same work, writes the same rows and answers the same
/// whether the address has an account or not: for one without, in the name of the row that stands in, and the mail goes to nobody.
/// </summary>
internal sealed class PasswordReset(
    AuthDbContext db, UserManager<ShopUser> users, AccountTokens tokens, AccountMails mails, MailOutbox outbox, MailRequests requests,
    PasswordPolicy policy, PasswordWork passwords, ISessionDirectory sessions, ILogger<PasswordReset> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <param name="email">The address as <see cref="EmailAddress"/> writes it.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Limits.TooManyAttemptsException">Too many mails before.</exception>
    /// <exception cref="MailUnavailableException">The shop has no mail.</exception>
    public async Task RequestAsync(string email, string client, CancellationToken cancellationToken)
    {
        await requests.CountAsync(email, client, cancellationToken);
        var normalized = users.NormalizeEmail(email);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var token = await tokens.IssueAsync(user?.Id ?? Decoy.UserId, TokenPurpose.ResetPassword, user?.Email ?? email, Lifetime, cancellationToken);
        outbox.Add(db, mails.ResetPassword(user?.Email ?? "", token));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        AuthLog.ResetRequested(logger, user is not null);
    }

    /// <summary>The account that a link is for, when it still works.</summary>
    public async Task<ShopUser?> FindAsync(string? token, CancellationToken cancellationToken) =>
        await tokens.FindAsync(token, cancellationToken, TokenPurpose.ResetPassword) is { } found
            ? await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == found.UserId && row.Email == found.Email, cancellationToken)
            : null;

    /// <summary>Sets the password and ends every session. <see langword="null"/>: the link does not work any more.</summary>
    public async Task<FieldErrors?> ResetAsync(string? token, string? replacement, CancellationToken cancellationToken)
    {
        var found = await tokens.FindAsync(token, cancellationToken, TokenPurpose.ResetPassword);
        var user = await FindAsync(token, cancellationToken);
        if (found is null || user is null) return null;
        var errors = new FieldErrors().Add(FieldErrors.New, policy.Check(replacement, user.Email, user.DisplayName));
        if (errors.Any) return errors;

        var hash = await passwords.RunAsync(() => Task.FromResult(users.PasswordHasher.HashPassword(user, replacement!)), cancellationToken);
        if (!await StoreAsync(found, user, hash, cancellationToken)) return null;
        outbox.Wake();
        // First the password, then the sessions: see PasswordChange. If the store fails here the answer says so, and the link is used up.
        await sessions.RevokeAllAsync(new UserId(user.Id), SessionActor.PasswordChange(), CancellationToken.None);
        AuthLog.PasswordReset(logger, user.Id);
        return errors;
    }

    private async Task<bool> StoreAsync(AccountToken token, ShopUser user, string hash, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await tokens.UseAsync(token, cancellationToken)) return false;
        var stamp = Guid.NewGuid().ToString();
        // The link came by the account's mailbox, which proves the address. Wrong passwords before no longer count; two-factor stays on.
        await db.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.PasswordHash, hash).SetProperty(row => row.EmailConfirmed, true)
                .SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null)
                .SetProperty(row => row.SecurityStamp, stamp).SetProperty(row => row.ConcurrencyStamp, stamp),
            cancellationToken);
        await db.AccountTokens.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        outbox.TryAdd(db, mails.PasswordChanged(user.Email!));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
