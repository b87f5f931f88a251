using Microsoft.EntityFrameworkCore;
using ShopSession.Auth.Accounts;

namespace ShopSession.Auth.SignIn;

/// <summary>
/// Identity's lockout columns, counted in the database: what remains when the store's counters are gone. From the tenth wrong password in a
/// row, each one locks the account for twice as long as the one before, from one minute to an hour. A success starts anew.
/// </summary>
/// <remarks>
/// One UPDATE counts and locks, so parallel failures on all replicas are each counted; Identity's own read, add and save would lose some.
/// For an address without account the same statement runs on a row that is no account, so that both take the same time.
/// </remarks>
internal sealed class AccountLockout(AuthDbContext db, TimeProvider time)
{
    /// <summary>Wrong passwords in a row that cost nothing yet.</summary>
    public const int Free = 9;

    private const int MostMinutes = 60;

    public bool IsLocked(ShopUser user) => user.SuspendedAt is not null || (user.LockoutEnabled && user.LockoutEnd > time.GetUtcNow());

    public Task CountFailureAsync(ShopUser? user)
    {
        var id = user?.Id ?? Decoy.UserId;
        var now = time.GetUtcNow();
        DateTimeOffset After(int minutes) => now.AddMinutes(minutes);
        DateTimeOffset one = After(1), two = After(2), three = After(4), four = After(8), five = After(16), six = After(32), most = After(MostMinutes);

        // The right sides see the row as it was before.
        return db.Users.Where(row => row.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.AccessFailedCount, row => row.AccessFailedCount + 1)
            .SetProperty(row => row.LockoutEnd, row =>
                row.AccessFailedCount < Free ? row.LockoutEnd
                : row.AccessFailedCount == Free ? one
                : row.AccessFailedCount == Free + 1 ? two
                : row.AccessFailedCount == Free + 2 ? three
                : row.AccessFailedCount == Free + 3 ? four
                : row.AccessFailedCount == Free + 4 ? five
                : row.AccessFailedCount == Free + 5 ? six
                : most), CancellationToken.None);
    }

    public Task ClearAsync(ShopUser user) => user.AccessFailedCount == 0 && user.LockoutEnd is null
        ? Task.CompletedTask
        : db.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.AccessFailedCount, 0).SetProperty(row => row.LockoutEnd, (DateTimeOffset?)null), CancellationToken.None);
}

/// <summary>The row that stands in for accounts which do not exist. It has neither address nor password, so nobody can be it.</summary>
internal static class Decoy
{
    public const string UserId = "00000000-0000-0000-0000-000000000000";
}
