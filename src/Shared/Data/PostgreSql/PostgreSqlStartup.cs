using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ShopSession.Data;

/// <summary>Start of a PostgreSQL database: waits shortly for the server, makes the database if it is missing, locks by an advisory lock.</summary>
internal sealed class PostgreSqlStartup(ShopDatabase database, TimeProvider time, ILogger logger) : IDatabaseStartup
{
    // Any constant serves, as long as nothing else in the database uses it: the bytes of "shopsess".
    private const long LockId = 0x73686F7073657373;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(database.ConnectionString);
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await CreateAsync(cancellationToken);
            }
            catch (NpgsqlException error) when (error.IsTransient && time.GetElapsedTime(started) < StartPatience)
            {
                Log.WaitingForDatabase(logger, database.Name, database.Location, error.Message);
                await Task.Delay(Retry, time, cancellationToken);
            }
            catch (NpgsqlException error)
            {
                throw Unreachable(error);
            }
        }
    }

    public async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        // A transaction's lock rather than a session's: it also holds through a pooler that lends connections per transaction.
        var connection = new NpgsqlConnection(database.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection, transaction) { CommandTimeout = 60 };
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = LockId });
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch (NpgsqlException error)
        {
            await connection.DisposeAsync();
            throw Unreachable(error);
        }
    }

    public async Task<DbConnection> OpenForSchemaAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var name = settings.Database!;
        settings.Database = "postgres";
        settings.Pooling = false;
        try
        {
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand($"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
            Log.DatabaseCreated(logger, database.Name, database.Location);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another replica made it in the same moment.
        }
        catch (NpgsqlException error)
        {
            throw new ShopDatabaseException($"Database '{database.Name}': {database.Location} does not exist and cannot be created: {error.Message} Create it, or change {database.Setting}.", error);
        }
    }

    private ShopDatabaseException Unreachable(NpgsqlException error) =>
        new($"Database '{database.Name}': PostgreSQL at {database.Location} cannot be used: {error.Message} Start the server, or change {database.Setting}.", error);
}
