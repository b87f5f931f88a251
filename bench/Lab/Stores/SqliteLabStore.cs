using System.Globalization;
using Microsoft.Data.Sqlite;
using ShopSession.Data;

namespace ShopSession.Lab.Bench.Stores;

/// <summary>A SQLite file, beside a Redis for carts and the key ring. A file has nothing to restart and no network; what is restarted is that Redis.</summary>
internal sealed class SqliteLabStore(RedisLabStore redis) : ILabStore
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-lab-").FullName;

    public string RedisConnection => redis.RedisConnection;

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["ConnectionStrings__sessiondb"] = $"Data Source={DatabaseFile}" };

    public bool CanFailOver => false;

    private string DatabaseFile => Path.Combine(_folder, "session.db");

    public Task RestartAsync(CancellationToken cancellationToken) => redis.RestartAsync(cancellationToken);

    public Task FailOverAsync(CancellationToken cancellationToken) => redis.FailOverAsync(cancellationToken);

    public Task<long?> BytesAsync(CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    /// <summary>Pages in use, as the database counts them: the file itself lags behind by what is still in the write-ahead log.</summary>
    public async Task<long?> SizeAsync(CancellationToken cancellationToken)
    {
        SqliteVersionBridge.Install();
        return await PagesAsync(cancellationToken);
    }

    public Task<double?> BusiestShardAsync(CancellationToken cancellationToken) => Task.FromResult<double?>(null);

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Of its own: its body names types of the provider, which load when it is compiled, after the bridge stands.
    private async Task<long> PagesAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }
}
