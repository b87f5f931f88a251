using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;
using ShopSession.Auth.Mail;

namespace ShopSession.Auth.Passkeys;

/// <summary>The passkeys of an account. Another account's are as if they were not there.</summary>
internal sealed class PasskeyList(AuthDbContext db, AccountMails mails, MailOutbox outbox, ILogger<PasskeyList> logger)
{
    /// <summary>All of an account, the oldest first.</summary>
    public async Task<IReadOnlyList<Passkey>> ReadAsync(string userId, CancellationToken cancellationToken) =>
        [.. (await db.Passkeys.AsNoTracking().Where(row => row.UserId == userId).ToListAsync(cancellationToken)).OrderBy(row => row.CreatedAt)];

    /// <summary><see langword="false"/>: the account has none of that id.</summary>
    public async Task<bool> RenameAsync(string userId, Guid id, string name, CancellationToken cancellationToken) =>
        await db.Passkeys.Where(row => row.Id == id && row.UserId == userId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, name), cancellationToken) == 1;

    /// <summary>Nobody signs in with it any more; who did so before stays signed in. <see langword="false"/>: the account has none of that id.</summary>
    public async Task<bool> RemoveAsync(ShopUser user, Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Passkeys.Where(row => row.Id == id && row.UserId == user.Id).ExecuteDeleteAsync(cancellationToken) == 0) return false;
        outbox.TryAdd(db, mails.PasskeyRemoved(user.Email!));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outbox.Wake();
        AuthLog.PasskeyRemoved(logger, user.Id);
        return true;
    }
}
