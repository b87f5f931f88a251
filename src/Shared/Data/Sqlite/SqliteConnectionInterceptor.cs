using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ShopSession.Data;

/// <summary>
/// Sets what SQLite keeps per connection. <c>busy_timeout</c>: wait for another writer inside SQLite, whose pauses are 1 to 100 ms, rather
/// than in the provider, which sleeps 150 ms a time. Transactions need no setting: the provider begins them IMMEDIATE, so two of them
/// never read first and then refuse each other the write.
/// </summary>
internal sealed class SqliteConnectionInterceptor : DbConnectionInterceptor
{
    private const string Settings = "PRAGMA busy_timeout = 5000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
