using Microsoft.Extensions.Configuration;

namespace ShopSession.Data.Tests;

public sealed class ConnectionStringTests
{
    [Fact]
    public void Without_a_connection_string_the_database_is_a_file_in_the_data_directory()
    {
        var database = Read(new() { ["Shop:DataDirectory"] = "/var/shop" });
        Assert.Equal(DatabaseProvider.Sqlite, database.Provider);
        Assert.Equal("/var/shop/auth.db", database.Location);
    }

    [Fact]
    public void A_relative_data_directory_is_below_the_content_root() =>
        Assert.Equal("/srv/app/.data/auth.db", Read([]).Location);

    [Theory]
    [InlineData("Data Source=/tmp/x.db", DatabaseProvider.Sqlite, "/tmp/x.db")]
    [InlineData("Filename=x.db;Cache=Shared", DatabaseProvider.Sqlite, "/srv/app/x.db")]
    [InlineData("Host=db;Database=shop;Username=u;Password=p", DatabaseProvider.PostgreSql, "db:5432/shop")]
    [InlineData("Server=db;Port=6000;Database=shop", DatabaseProvider.PostgreSql, "db:6000/shop")]
    [InlineData("postgresql://u:p%40ss@db.example:6001/shop?sslmode=verify-full", DatabaseProvider.PostgreSql, "db.example:6001/shop")]
    [InlineData("postgres://db/shop", DatabaseProvider.PostgreSql, "db:5432/shop")]
    public void The_provider_is_told_by_the_string(string text, DatabaseProvider provider, string location)
    {
        var database = Read(new() { ["ConnectionStrings:authdb"] = text });
        Assert.Equal(provider, database.Provider);
        Assert.Equal(location, database.Location);
    }

    [Fact]
    public void The_password_of_an_address_is_decoded() =>
        Assert.Contains("Password=p@ss", Read(new() { ["ConnectionStrings:authdb"] = "postgresql://u:p%40ss@db/shop" }).ConnectionString, StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost:5432", "not a list of key=value pairs")]
    [InlineData("Database=shop;Password=hunter22", "neither a file (Data Source) nor a server (Host)")]
    [InlineData("Host=db;Data Source=x.db;Password=hunter22", "both a file (Data Source) and a server (Host)")]
    [InlineData("Data Source=db;Initial Catalog=shop;Password=hunter22", "looks like SQLite's but is not")]
    [InlineData("Server=db;Initial Catalog=shop;Database=x;Password=hunter22", "looks like PostgreSQL's but is not")]
    [InlineData("Host=db;Password=hunter22", "names no Database")]
    [InlineData("Data Source=:memory:", "must name a file")]
    [InlineData("postgresql://u:hunter22@db", "names a host and a database")]
    [InlineData("postgresql://u:hunter22@db/shop?nonsense=1", "option 'nonsense'")]
    public void A_wrong_string_is_refused_with_the_setting_the_problem_and_what_is_allowed(string text, string problem)
    {
        var error = Assert.Throws<ShopDatabaseException>(() => Read(new() { ["ConnectionStrings:authdb"] = text }));
        Assert.Contains("ConnectionStrings:authdb", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("Allowed: SQLite", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", error.ToString(), StringComparison.Ordinal);
    }

    private static ShopDatabase Read(Dictionary<string, string?> settings) =>
        ShopDatabase.FromConfiguration(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), "auth", "/srv/app");
}
