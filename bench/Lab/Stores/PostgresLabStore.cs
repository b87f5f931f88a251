using System.Globalization;
using Npgsql;
using ShopSession.Testing;

namespace ShopSession.Lab.Bench.Stores;

/// <summary>A PostgreSQL server, beside a Redis for carts and the key ring; what is restarted is PostgreSQL. It runs without fsync, as nothing of it is to outlive the machine.</summary>
internal sealed class PostgresLabStore(RedisLabStore redis, PostgresServerProcess server) : ILabStore
{
    private string Connection => server.ConnectionString("session");

    public string RedisConnection => redis.RedisConnection;

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["ConnectionStrings__sessiondb"] = Connection };

    public bool CanFailOver => false;

    public Task RestartAsync(CancellationToken cancellationToken) => server.RestartAsync(cancellationToken);

    public Task FailOverAsync(CancellationToken cancellationToken) => redis.FailOverAsync(cancellationToken);

    /// <summary>PostgreSQL does not count them, the system's sockets do.</summary>
    public Task<long?> BytesAsync(CancellationToken cancellationToken) => SocketBytes.ToPortAsync(server.Port, cancellationToken);

    public async Task<long?> SizeAsync(CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create($"{Connection};Pooling=false");
        await using var command = source.CreateCommand("SELECT pg_database_size(current_database())");
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    public Task<double?> BusiestShardAsync(CancellationToken cancellationToken) => Task.FromResult<double?>(null);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await redis.DisposeAsync();
    }
}
