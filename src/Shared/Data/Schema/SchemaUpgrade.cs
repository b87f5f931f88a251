using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ShopSession.Data;

/// <summary>
/// Brings a database up to the newest script. Each script and the note that it ran are one transaction. The caller holds the lock that
/// keeps other replicas out.
/// </summary>
internal sealed class SchemaUpgrade(ShopDatabase database, IReadOnlyList<SchemaScript> scripts, TimeProvider time, ILogger logger)
{
    public async Task RunAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, null, """
            CREATE TABLE IF NOT EXISTS schema_versions (
                owner text NOT NULL, version integer NOT NULL, name text NOT NULL, checksum text NOT NULL, applied_at text NOT NULL,
                PRIMARY KEY (owner, version))
            """, [], cancellationToken);
        var applied = await AppliedAsync(connection, cancellationToken);
        Verify(applied);
        foreach (var script in scripts.Where(script => !applied.ContainsKey(script.Version)))
        {
            await ApplyAsync(connection, script, cancellationToken);
            Log.SchemaScriptApplied(logger, database.Name, script.Version, script.Name);
        }
    }

    private async Task<Dictionary<int, string>> AppliedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, checksum FROM schema_versions WHERE owner = @owner";
        Bind(command, "@owner", database.Name);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetInt32(0), reader.GetString(1));
        return applied;
    }

    private void Verify(Dictionary<int, string> applied)
    {
        foreach (var script in scripts)
        {
            if (applied.TryGetValue(script.Version, out var checksum) && checksum != script.Checksum)
            {
                throw new ShopDatabaseException(
                    $"Database {database}: script {script.Version:0000}-{script.Name} was changed after it had been applied. " +
                    "Restore the script and put the change into a new one with the next number.");
            }
        }

        // A replica of the release before, still running during a deployment or rolled back to. Scripts only add, so it may go on.
        var newest = applied.Keys.DefaultIfEmpty().Max();
        if (newest > scripts.Count) Log.SchemaIsNewer(logger, database.Name, newest, scripts.Count);
    }

    private async Task ApplyAsync(DbConnection connection, SchemaScript script, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await ExecuteAsync(connection, transaction, script.Sql, [], cancellationToken);
            await ExecuteAsync(
                connection,
                transaction,
                "INSERT INTO schema_versions (owner, version, name, checksum, applied_at) VALUES (@owner, @version, @name, @checksum, @applied)",
                [("@owner", database.Name), ("@version", script.Version), ("@name", script.Name), ("@checksum", script.Checksum), ("@applied", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture))],
                cancellationToken);
            if (database.Provider == DatabaseProvider.Sqlite) await SqliteForeignKeys.CheckAsync(connection, transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbException error)
        {
            throw new ShopDatabaseException($"Database {database}: script {script.Version:0000}-{script.Name} failed and was rolled back: {error.Message}", error);
        }
    }

    private static async Task ExecuteAsync(DbConnection connection, DbTransaction? transaction, string sql, (string Name, object Value)[] parameters, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters) Bind(command, name, value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
