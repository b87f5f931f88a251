using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.TwoFactor;

/// <summary>Sees to it that what may be used once is used once, over all replicas.</summary>
internal sealed class UsedCodes(IDbContextFactory<AuthDbContext> databases, TimeProvider time)
{
    /// <summary>Uses <paramref name="code"/> (at most 8 characters) up. <see langword="false"/>: the account used it within <see cref="UsedCode.Remembered"/> before.</summary>
    public async Task<bool> TryUseAsync(string userId, string code, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var old = now - UsedCode.Remembered;
        await db.UsedCodes.Where(used => used.UserId == userId && used.UsedAt < old).ExecuteDeleteAsync(cancellationToken);
        db.UsedCodes.Add(new UsedCode { UserId = userId, Code = code, UsedAt = now });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException error) when (error.InnerException is DbException)
        {
            // The key of the table lets one use in, also of many in the same moment on all replicas. Anything else that went wrong is still an error.
            db.ChangeTracker.Clear();
            if (await db.UsedCodes.AnyAsync(used => used.UserId == userId && used.Code == code, cancellationToken)) return false;
            throw;
        }
    }
}
