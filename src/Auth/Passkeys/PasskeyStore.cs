using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.Passkeys;

/// <summary>Writes new passkeys: never more to an account than it may have, however many come at once on whatever replica.</summary>
internal sealed class PasskeyStore(AuthDbContext db)
{
    /// <summary>Adds one, together with what else the context has to save. <see langword="false"/>: its id is known already, or the account is gone.</summary>
    /// <exception cref="TooManyPasskeysException">The account has <see cref="Passkey.Most"/>.</exception>
    public async Task<bool> TryAddAsync(Passkey passkey, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Takes the account's row (SQLite: the whole database): who adds to the same account waits here, so what is counted is still so when it is written.
        if (await db.Users.Where(row => row.Id == passkey.UserId).ExecuteUpdateAsync(set => set.SetProperty(row => row.DisplayName, row => row.DisplayName), cancellationToken) == 0) return false;
        if (await db.Passkeys.CountAsync(row => row.UserId == passkey.UserId, cancellationToken) >= Passkey.Most) throw new TooManyPasskeysException();
        db.Passkeys.Add(passkey);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException error) when (error.InnerException is DbException)
        {
            await transaction.RollbackAsync(cancellationToken);
            // Its id came in twice: the unique index let one in. Anything else that went wrong is still an error.
            db.ChangeTracker.Clear();
            if (await db.Passkeys.AnyAsync(row => row.CredentialId == passkey.CredentialId, cancellationToken)) return false;
            throw;
        }
    }
}
