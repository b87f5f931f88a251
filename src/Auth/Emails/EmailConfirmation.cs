using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Mail;
using ShopSession.Auth.Tokens;

namespace ShopSession.Auth.Emails;

/// <summary>Lets owners show that an address is theirs: by a link that only its mailbox gets.</summary>
internal sealed class EmailConfirmation(
    AuthDbContext db, AccountTokens tokens, AccountMails mails, MailOutbox outbox, MailRequests requests, EmailChange change, ILogger<EmailConfirmation> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    /// <summary>Adds the mail of a registration to what is saved with the account.</summary>
    public void Add(AuthDbContext context, ShopUser user) =>
        outbox.TryAdd(context, mails.Confirm(user.Email!, tokens.Issue(user.Id, TokenPurpose.ConfirmEmail, user.Email!, Lifetime)));

    /// <summary>Sends the link again; a link sent before ends.</summary>
    /// <exception cref="Limits.TooManyAttemptsException">Too many mails before.</exception>
    /// <exception cref="MailUnavailableException">The shop has no mail.</exception>
    public async Task SendAgainAsync(ShopUser user, string client, CancellationToken cancellationToken)
    {
        if (user.EmailConfirmed) return;
        await requests.CountAsync(user.Email!, client, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var token = await tokens.IssueAsync(user.Id, TokenPurpose.ConfirmEmail, user.Email!, Lifetime, cancellationToken);
        outbox.Add(db, mails.Confirm(user.Email!, token));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
    }

    /// <summary>The token of a link, when it still works.</summary>
    public Task<AccountToken?> FindAsync(string? token, CancellationToken cancellationToken) =>
        tokens.FindAsync(token, cancellationToken, TokenPurpose.ConfirmEmail, TokenPurpose.ChangeEmail);

    /// <summary>Uses the link: the address is confirmed, or becomes the account's.</summary>
    public async Task<ConfirmationResult> ConfirmAsync(HttpContext context, string? token, CancellationToken cancellationToken)
    {
        if (await FindAsync(token, cancellationToken) is not { } found) return ConfirmationResult.Invalid;
        if (found.Purpose == TokenPurpose.ChangeEmail) return await change.CompleteAsync(context, found, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await tokens.UseAsync(found, cancellationToken)) return ConfirmationResult.Invalid;
        // Only for the address that the mail went to.
        var confirmed = await db.Users.Where(row => row.Id == found.UserId && row.Email == found.Email).ExecuteUpdateAsync(set => set.SetProperty(row => row.EmailConfirmed, true), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (confirmed == 0) return ConfirmationResult.Invalid;
        AuthLog.EmailConfirmed(logger, found.UserId);
        await change.RenewIfHereAsync(context, found.UserId, cancellationToken);
        return ConfirmationResult.Confirmed;
    }
}

/// <summary>What the use of a link came to.</summary>
internal enum ConfirmationResult
{
    /// <summary>The link does not work (any more).</summary>
    Invalid,

    /// <summary>The account's address is confirmed.</summary>
    Confirmed,

    /// <summary>The account has the new address.</summary>
    Changed,

    /// <summary>The new address got an account of its own meanwhile.</summary>
    Taken,
}
