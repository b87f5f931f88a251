using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using ShopSession.Sessions.Database;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.Conformance;

/// <summary>The strategy <c>database</c> on either kind.</summary>
public abstract class DatabaseConformanceTests(KeyRingStore keyRing) : ConformanceTests
{
    protected override string Strategy => SessionStrategies.Database;

    protected abstract string NewDatabase();

    private protected override async Task<ConformanceSite> StartAsync(Action<SharedSessionOptions>? configure, int replicas)
    {
        var settings = Settings(configure);
        var connection = NewDatabase();
        var site = new ConformanceSite([.. Enumerable.Repeat(() => Replica.StartAsync(keyRing.ConnectionString, settings, build: builder => Use(builder, connection)), replicas)]);
        await site.StartAsync();
        return site;
    }

    internal static void Use(WebApplicationBuilder builder, string connection)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Session:Strategy"] = SessionStrategies.Database,
            ["ConnectionStrings:sessiondb"] = connection,
        });
        builder.AddDatabaseSessions();
    }
}

public sealed class SqliteConformanceTests(KeyRingStore keyRing) : DatabaseConformanceTests(keyRing), IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    protected override string NewDatabase() => $"Data Source={Path.Combine(_directory, Guid.NewGuid().ToString("N"))}.db;Pooling=False";
}

public sealed class PostgreSqlConformanceTests(KeyRingStore keyRing, PostgreSqlConformanceTests.Server server) : DatabaseConformanceTests(keyRing), IClassFixture<PostgreSqlConformanceTests.Server>
{
    protected override string NewDatabase() => server.ConnectionString($"sessions_{Guid.NewGuid():N}");

    public sealed class Server : IAsyncLifetime
    {
        private PostgresServerProcess? _server;

        public string ConnectionString(string database) => _server!.ConnectionString(database);

        public async ValueTask InitializeAsync() => _server = await PostgresServerProcess.StartAsync(TestContext.Current.CancellationToken);

        public ValueTask DisposeAsync() => _server!.DisposeAsync();
    }
}
