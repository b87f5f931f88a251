using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ShopSession.Cart.Orders;

/// <summary>Tells a database that is busy, full or away from a mistake in the program.</summary>
internal static class DatabaseTrouble
{
    // https://www.sqlite.org/rescode.html: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.
    private static readonly int[] SqlitePassing = [5, 6, 8, 10, 13, 14];

    /// <summary>Whether trying again later may help.</summary>
    public static bool IsPassing(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => false,
        DbUpdateException { InnerException: { } inner } => IsPassing(inner),
        SqliteException sqlite => SqlitePassing.Contains(sqlite.SqliteErrorCode),
        DbException database => database.IsTransient,
        _ => false,
    };
}
