using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Mail;
using ShopSession.Auth.SignIn;
using ShopSession.Auth.Tokens;
using ShopSession.Sessions;

namespace ShopSession.Auth.Emails;

/// <summary>Gives an account another address: asked for by a signed-in user, done by the link that the new address gets, told to the old one.</summary>
internal sealed class EmailChange(
    AuthDbContext db, UserManager<ShopUser> users, AccountTokens tokens, AccountMails mails, MailOutbox outbox, MailRequests requests, SessionEnding ending, ISessionDirectory sessions, ILogger<EmailChange> logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Sends the link. Whether the address has an account of its own is told to its owner only.</summary>
    /// <exception cref="Limits.TooManyAttemptsException">Too many mails before.</exception>
    /// <exception cref="MailUnavailableException">The shop has no mail.</exception>
    public async Task<FieldErrors> RequestAsync(ShopUser user, string? email, string client, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Parse(email, out var error);
        var errors = new FieldErrors().Add(FieldErrors.Email, error);
        if (address is not null && users.NormalizeEmail(address) == user.NormalizedEmail) errors.Add(FieldErrors.Email, T["This is the address you have."]);
        if (errors.Any) return errors;

        await requests.CountAsync(address!, client, cancellationToken);
        var normalized = users.NormalizeEmail(address!);
        var taken = await db.Users.AnyAsync(row => row.NormalizedEmail == normalized, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        outbox.Add(db, taken ? mails.ChangeToTaken(address!) : mails.ChangeEmail(address!, await tokens.IssueAsync(user.Id, TokenPurpose.ChangeEmail, address!, Lifetime, cancellationToken)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        return errors;
    }

    /// <summary>The link was used: the account gets the address, and every session but this one ends.</summary>
    public async Task<ConfirmationResult> CompleteAsync(HttpContext context, AccountToken token, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(row => row.Id == token.UserId, cancellationToken);
        try
        {
            if (!await StoreAsync(user, token, cancellationToken)) return ConfirmationResult.Invalid;
        }
        catch (Exception error) when (error is DbUpdateException or System.Data.Common.DbException && !cancellationToken.IsCancellationRequested)
        {
            // The unique index refused it: the address got an account of its own since the mail was sent. Anything else that went wrong is still an error.
            var normalized = users.NormalizeEmail(token.Email);
            if (!await db.Users.AnyAsync(row => row.NormalizedEmail == normalized && row.Id != token.UserId, CancellationToken.None)) throw;
            return ConfirmationResult.Taken;
        }

        outbox.Wake();
        AuthLog.EmailChanged(logger, user.Id);
        await EndOthersAsync(context, user.Id);
        await RenewIfHereAsync(context, user.Id, CancellationToken.None);
        return ConfirmationResult.Changed;
    }

    /// <summary>If this browser is signed in as the user, its session gets to know what changed.</summary>
    public async Task RenewIfHereAsync(HttpContext context, string userId, CancellationToken cancellationToken)
    {
        if (!IsHere(context, userId)) return;
        await UserPrincipal.RenewAsync(context, await db.Users.AsNoTracking().SingleAsync(row => row.Id == userId, cancellationToken));
    }

    private async Task<bool> StoreAsync(ShopUser user, AccountToken token, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await tokens.UseAsync(token, cancellationToken)) return false;
        var normalized = users.NormalizeEmail(token.Email);
        var stamp = Guid.NewGuid().ToString();
        await db.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Email, token.Email).SetProperty(row => row.NormalizedEmail, normalized)
                .SetProperty(row => row.UserName, token.Email).SetProperty(row => row.NormalizedUserName, normalized)
                .SetProperty(row => row.EmailConfirmed, true).SetProperty(row => row.SecurityStamp, stamp).SetProperty(row => row.ConcurrencyStamp, stamp),
            cancellationToken);
        // A link that the old address still has must not open the account.
        await db.AccountTokens.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        outbox.TryAdd(db, mails.EmailChanged(user.Email!));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task EndOthersAsync(HttpContext context, string userId)
    {
        if (IsHere(context, userId)) await ending.OthersAsync(context, new UserId(userId));
        else await sessions.RevokeAllAsync(new UserId(userId), SessionActor.PasswordChange(), CancellationToken.None);
    }

    private static bool IsHere(HttpContext context, string userId) => context.User.FindFirstValue(ClaimTypes.NameIdentifier) == userId;
}
