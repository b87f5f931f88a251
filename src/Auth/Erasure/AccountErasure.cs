using System.Data;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Limits;
using ShopSession.Auth.Mail;
using ShopSession.Auth.Passwords;
using ShopSession.Auth.SignIn;

namespace ShopSession.Auth.Erasure;

/// <summary>
/// Deletes an account on its owner's wish. What auth keeps goes in one transaction, together with a note of what is owed elsewhere, which
/// <see cref="ErasureDelivery"/> sees to, however long another service is away.
/// </summary>
internal sealed class AccountErasure(AuthDbContext db, CredentialCheck credentials, ErasureDelivery delivery, AccountMails mails, MailOutbox outbox, TimeProvider time, ILogger<AccountErasure> logger)
{
    /// <summary>Deletes the account when <paramref name="password"/> is its.</summary>
    /// <exception cref="TooManyAttemptsException">Too many wrong passwords before.</exception>
    public async Task<FieldErrors> DeleteAsync(HttpContext context, ShopUser user, string? password, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (string.IsNullOrEmpty(password)) return errors.Add(FieldErrors.Password, T["Enter your password."]);
        if (!PasswordText.CanBePassword(password) || await credentials.VerifyAsync(user.Email!, password, ClientAddress.Of(context), cancellationToken) is not { } verified || verified.User.Id != user.Id)
            return errors.Add(FieldErrors.Password, T["This is not your password, or the account is locked for a while after too many wrong ones."]);
        if (!await StoreAsync(user, cancellationToken)) return errors.Add(FieldErrors.Password, T["You are the last administrator. Make somebody else an administrator first."]);

        outbox.Wake();
        AuthLog.AccountDeleted(logger, user.Id);
        // At once if all goes well, so that the answer already finds everybody signed out; else by the delivery, soon.
        await delivery.TryAsync(user.Id, CancellationToken.None);
        return errors;
    }

    private async Task<bool> StoreAsync(ShopUser user, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (user.Role == ShopRoles.Administrator && !await db.Users.AnyAsync(row => row.Id != user.Id && row.Role == ShopRoles.Administrator && row.SuspendedAt == null, cancellationToken)) return false;
        // Tokens, codes and the rest go with the account.
        await db.Users.Where(row => row.Id == user.Id).ExecuteDeleteAsync(cancellationToken);
        db.Erasures.Add(new PendingErasure { UserId = user.Id, DueAt = time.GetUtcNow() });
        outbox.TryAdd(db, mails.AccountDeleted(user.Email!));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
