using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShopSession.Data.Probe;

namespace ShopSession.Data.Tests;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_run_with_write_ahead_logging_foreign_keys_and_a_busy_timeout()
    {
        await using var host = await StartedAsync();
        await using var db = host.NewContext();
        await db.Database.OpenConnectionAsync(Token);
        Assert.Equal("wal", await ScalarAsync(db, "PRAGMA journal_mode"));
        Assert.Equal(1L, await ScalarAsync(db, "PRAGMA foreign_keys"));
        Assert.Equal(5000L, await ScalarAsync(db, "PRAGMA busy_timeout"));
        Assert.Equal(2L, await ScalarAsync(db, "PRAGMA synchronous"));
    }

    [Fact]
    public async Task A_foreign_key_that_points_nowhere_is_refused()
    {
        await using var host = await StartedAsync();
        await using var db = host.NewContext();
        db.Books.Add(new Book { Title = "Lost", ShelfId = 404 });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Token));
    }

    [Fact]
    public async Task Instants_sort_and_compare_in_the_database_whatever_their_offset()
    {
        await using var host = await StartedAsync();
        var noon = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        await using (var db = host.NewContext())
        {
            var shelf = new Shelf { Name = "Times" };
            shelf.Books.Add(new Book { Title = "second", PublishedAt = noon.AddMinutes(1).ToOffset(TimeSpan.FromHours(-9)) });
            shelf.Books.Add(new Book { Title = "third", PublishedAt = noon.AddMinutes(2).ToOffset(TimeSpan.FromHours(9)) });
            shelf.Books.Add(new Book { Title = "first", PublishedAt = noon });
            db.Shelves.Add(shelf);
            await db.SaveChangesAsync(Token);
        }

        await using var read = host.NewContext();
        Assert.Equal(["first", "second", "third"], await read.Books.OrderBy(book => book.PublishedAt).Select(book => book.Title).ToListAsync(Token));
        Assert.Equal(2, await read.Books.CountAsync(book => book.PublishedAt > noon, Token));
        Assert.Equal(noon, (await read.Books.SingleAsync(book => book.PublishedAt == noon, Token)).PublishedAt);
    }

    [Fact]
    public async Task Money_is_summed_and_compared_exactly_in_the_database()
    {
        await using var host = await StartedAsync();
        await using var db = host.NewContext();
        var shelf = new Shelf { Name = "Prices" };
        for (var i = 0; i < 100; i++) shelf.Books.Add(new Book { Title = $"{i}", Price = 0.10m });
        shelf.Books.Add(new Book { Title = "dear", Price = 9.99m });
        db.Shelves.Add(shelf);
        await db.SaveChangesAsync(Token);
        Assert.Equal(19.99m, await db.Books.SumAsync(book => book.Price, Token));
        Assert.Equal("dear", (await db.Books.SingleAsync(book => book.Price > 9.98m, Token)).Title);
    }

    [Fact]
    public async Task Transactions_that_read_before_they_write_wait_for_one_another_and_lose_nothing()
    {
        await using var host = await StartedAsync();
        await using (var db = host.NewContext())
        {
            db.Shelves.Add(new Shelf { Name = "0" });
            await db.SaveChangesAsync(Token);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await using var db = host.NewContext();
                await using var transaction = await db.Database.BeginTransactionAsync(Token);
                var shelf = await db.Shelves.SingleAsync(Token);
                shelf.Name = $"{int.Parse(shelf.Name, System.Globalization.CultureInfo.InvariantCulture) + 1}";
                await db.SaveChangesAsync(Token);
                await transaction.CommitAsync(Token);
            }
        }, Token)));

        await using var read = host.NewContext();
        Assert.Equal("80", (await read.Shelves.SingleAsync(Token)).Name);
    }

    [Fact]
    public async Task The_health_check_tells_a_ready_database_from_one_without_a_schema()
    {
        await using var host = ProbeHost.InFolder(_folder.Path);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        var before = await health.CheckHealthAsync(Token);
        Assert.Equal(HealthStatus.Unhealthy, before.Entries["probedb"].Status);
        await host.InitializeAsync();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Token)).Entries["probedb"].Status);
    }

    [Fact]
    public async Task A_path_that_cannot_be_a_directory_is_one_clear_message()
    {
        var file = Path.Combine(_folder.Path, "taken");
        await File.WriteAllTextAsync(file, "", Token);
        await using var host = ProbeHost.InFolder(Path.Combine(file, "below"));
        var error = await Assert.ThrowsAsync<ShopDatabaseException>(host.InitializeAsync);
        Assert.Contains("'probe'", error.Message, StringComparison.Ordinal);
        Assert.Contains("Shop:DataDirectory or ConnectionStrings:probedb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_one_clear_message()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "probe.db"), new string('x', 4096), Token);
        await using var host = ProbeHost.InFolder(_folder.Path);
        var error = await Assert.ThrowsAsync<ShopDatabaseException>(host.InitializeAsync);
        Assert.Contains("file is not a database", error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<object?> ScalarAsync(ProbeContext db, string sql)
    {
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Token);
    }

    private async Task<ProbeHost> StartedAsync()
    {
        var host = ProbeHost.InFolder(_folder.Path);
        await host.InitializeAsync();
        return host;
    }
}
