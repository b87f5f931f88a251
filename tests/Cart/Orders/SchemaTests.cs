using Microsoft.Extensions.Configuration;
using ShopSession.Cart.Orders;
using ShopSession.Data;
using ShopSession.Testing;

namespace ShopSession.Cart.Tests.Orders;

public sealed class SchemaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-cart-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_SQLite_scripts_make_what_the_model_wants()
    {
        var drift = await SchemaDrift.FindAsync<CartDbContext>(Make, At($"Data Source={_folder}/a.db"), At($"Data Source={_folder}/b.db"), Token);
        Assert.True(drift.Count == 0, string.Join('\n', drift) + "\n\n" + SchemaDrift.CreateScript<CartDbContext>(Make, At($"Data Source={_folder}/c.db")));
    }

    [Fact]
    public async Task The_PostgreSQL_scripts_make_what_the_model_wants()
    {
        await using var server = await PostgresServerProcess.StartAsync(Token);
        var drift = await SchemaDrift.FindAsync<CartDbContext>(Make, At(server.ConnectionString("postgres")), At(server.ConnectionString("modelled")), Token);
        Assert.True(drift.Count == 0, string.Join('\n', drift) + "\n\n" + SchemaDrift.CreateScript<CartDbContext>(Make, At(server.ConnectionString("postgres"))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CartDbContext Make(Microsoft.EntityFrameworkCore.DbContextOptions<CartDbContext> options) => new(options);

    private static ShopDatabase At(string connectionString) => ShopDatabase.FromConfiguration(
        new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:cartdb", connectionString)]).Build(), "cart", "/");
}
