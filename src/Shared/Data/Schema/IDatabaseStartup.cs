using System.Data.Common;

namespace ShopSession.Data;

/// <summary>What the two kinds of database do differently when a replica starts.</summary>
internal interface IDatabaseStartup
{
    /// <summary>Makes the place where the database will be: a directory, or an empty database on the server.</summary>
    /// <exception cref="ShopDatabaseException">It cannot be made or reached.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Keeps every other replica, in whatever process or machine, out until disposed. Ends with the process that holds it.</summary>
    Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken);

    /// <summary>Opens a connection fit for changing the schema.</summary>
    Task<DbConnection> OpenForSchemaAsync(CancellationToken cancellationToken);
}
