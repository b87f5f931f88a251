using System.Data.Common;

namespace ShopSession.Data;

/// <summary>
/// Foreign keys while the schema changes: SQLite alters most of a table only by building a new one, and with the keys on, dropping the
/// old one would delete what refers to it. So they are off during scripts and checked before each commit (sqlite.org, "ALTER TABLE", section 7).
/// </summary>
internal static class SqliteForeignKeys
{
    public static async Task SwitchAsync(DbConnection connection, bool on, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = on ? "PRAGMA foreign_keys = ON" : "PRAGMA foreign_keys = OFF";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task CheckAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT \"table\" || ' -> ' || \"parent\" FROM pragma_foreign_key_check LIMIT 1";
        if (await command.ExecuteScalarAsync(cancellationToken) is string broken)
        {
            throw new ShopDatabaseException($"A schema script left rows whose foreign key points nowhere: {broken}. It was rolled back.");
        }
    }
}
