using Microsoft.Extensions.Configuration;
using ShopSession.Auth.Accounts;
using ShopSession.Data;
using ShopSession.Testing;

namespace ShopSession.Auth.Tests;

public sealed class SchemaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_SQLite_scripts_make_what_the_model_wants()
    {
        var folder = Directory.CreateTempSubdirectory("shop-auth-").FullName;
        var drift = await SchemaDrift.FindAsync<AuthDbContext>(options => new AuthDbContext(options), At($"Data Source={folder}/a.db"), At($"Data Source={folder}/b.db"), Token);
        Assert.True(drift.Count == 0, string.Join('\n', drift) + "\n\n" + SchemaDrift.CreateScript<AuthDbContext>(options => new AuthDbContext(options), At($"Data Source={folder}/c.db")));
    }

    [Fact]
    public async Task The_PostgreSQL_scripts_make_what_the_model_wants()
    {
        await using var server = await PostgresServerProcess.StartAsync(Token);
        var drift = await SchemaDrift.FindAsync<AuthDbContext>(options => new AuthDbContext(options), At(server.ConnectionString("postgres")), At(server.ConnectionString("modelled")), Token);
        Assert.True(drift.Count == 0, string.Join('\n', drift) + "\n\n" + SchemaDrift.CreateScript<AuthDbContext>(options => new AuthDbContext(options), At(server.ConnectionString("postgres"))));
    }

    internal static ShopDatabase At(string connectionString) =>
        ShopDatabase.FromConfiguration(new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:authdb", connectionString)]).Build(), "auth", "/");
}
