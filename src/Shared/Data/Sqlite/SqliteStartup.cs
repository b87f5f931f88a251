using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ShopSession.Data;

/// <summary>Start of a SQLite database: the directory, a lock file beside the database, and write-ahead logging.</summary>
internal sealed class SqliteStartup(ShopDatabase database, TimeProvider time) : IDatabaseStartup
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(25);

    private string Advice => $"Make it writable for this user, or set Shop:DataDirectory or {database.Setting}.";

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        var directory = Path.GetDirectoryName(database.Location)!;
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ShopDatabaseException($"The directory {directory} of database '{database.Name}' cannot be created: {error.Message} {Advice}", error);
        }

        return Task.CompletedTask;
    }

    public async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        // Exclusive opening is an advisory lock of the operating system: it holds between processes and dies with its holder.
        var path = database.Location + ".lock";
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException error)
            {
                throw new ShopDatabaseException($"Database '{database.Name}' cannot be written: {error.Message} {Advice}", error);
            }
            catch (IOException error) when (!IsHeldByAnother(error))
            {
                throw new ShopDatabaseException($"Database '{database.Name}' cannot be locked: {error.Message} {Advice}", error);
            }
            catch (IOException error) when (time.GetElapsedTime(started) > LockTimeout)
            {
                throw new ShopDatabaseException($"Another process has held {path} for {LockTimeout.TotalSeconds:0} s. Wait until it has started, or end it.", error);
            }
            catch (IOException)
            {
                // Another replica is preparing the database.
            }

            await Task.Delay(LockRetry, time, cancellationToken);
        }
    }

    public async Task<DbConnection> OpenForSchemaAsync(CancellationToken cancellationToken)
    {
        // Not pooled: foreign keys are off on this connection, and no request may ever get it.
        var settings = new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await SqliteForeignKeys.SwitchAsync(connection, on: false, cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            var mode = (string?)await command.ExecuteScalarAsync(cancellationToken);
            if (mode != "wal") throw new ShopDatabaseException($"Database {database} cannot use write-ahead logging (it stays in mode '{mode}'). Is the file system a local one?");
            return connection;
        }
        catch (SqliteException error)
        {
            await connection.DisposeAsync();
            throw new ShopDatabaseException($"Database '{database.Name}' at {database.Location} cannot be opened: {error.Message} {Advice}", error);
        }
    }

    // .NET reports a lock held elsewhere with the errno EWOULDBLOCK (11 on Linux, 35 on macOS) or Windows' sharing violation (32).
    private static bool IsHeldByAnother(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;
}
