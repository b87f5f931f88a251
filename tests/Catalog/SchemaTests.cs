using Microsoft.Extensions.Configuration;
using ShopSession.Catalog.Products;
using ShopSession.Data;

namespace ShopSession.Catalog.Tests;

public sealed class SchemaTests
{
    [Fact]
    public async Task The_scripts_make_what_the_model_wants_on_sqlite()
    {
        var folder = Directory.CreateTempSubdirectory("shop-schema-").FullName;
        Assert.Empty(await DriftAsync($"Data Source={folder}/a.db", $"Data Source={folder}/b.db"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_scripts_make_what_the_model_wants_on_postgresql()
    {
        await using var postgres = await PostgresServerProcess.StartAsync(TestContext.Current.CancellationToken);
        foreach (var name in new[] { "a", "b" })
        {
            await using var connection = new Npgsql.NpgsqlConnection(postgres.ConnectionString("postgres"));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"CREATE DATABASE {name}";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(await DriftAsync(postgres.ConnectionString("a"), postgres.ConnectionString("b")));
    }

    private static Task<IReadOnlyList<string>> DriftAsync(string scripted, string modelled) =>
        SchemaDrift.FindAsync<CatalogContext>(options => new CatalogContext(options), Database(scripted), Database(modelled), TestContext.Current.CancellationToken);

    private static ShopDatabase Database(string connection) => ShopDatabase.FromConfiguration(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:catalogdb"] = connection }).Build(), "catalog", "/");
}
