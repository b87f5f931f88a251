using ShopSession.Data.Probe;
using ShopSession.Testing;

namespace ShopSession.Data.Tests;

public sealed class SchemaDriftTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_SQLite_scripts_make_what_the_model_wants()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(await SchemaDrift.FindAsync<ProbeContext>(
            options => new ProbeContext(options), SqliteDatabase.At("a", Path.Combine(folder.Path, "a.db")), SqliteDatabase.At("b", Path.Combine(folder.Path, "b.db")), Token));
    }

    [Fact]
    public async Task The_PostgreSQL_scripts_make_what_the_model_wants_and_it_stores_and_reads_the_same()
    {
        await using var server = await PostgresServerProcess.StartAsync(Token);
        await using (var empty = new ProbeHost("ConnectionStrings:probedb", server.ConnectionString("a"))) await empty.InitializeAsync();
        Assert.Empty(await SchemaDrift.FindAsync<ProbeContext>(
            options => new ProbeContext(options),
            ShopDatabase.Parse("probe", server.ConnectionString("a"), "/"), ShopDatabase.Parse("probe", server.ConnectionString("b"), "/"), Token));
        await StoresAndReadsAsync(server);
    }

    [Fact]
    public async Task A_model_that_is_ahead_of_the_scripts_is_told_line_by_line()
    {
        using var folder = new TemporaryFolder();
        var drift = await SchemaDrift.FindAsync<AheadContext>(
            options => new AheadContext(options), SqliteDatabase.At("a", Path.Combine(folder.Path, "a.db")), SqliteDatabase.At("b", Path.Combine(folder.Path, "b.db")), Token);
        Assert.Equal(["scripts lack: column Things Forgotten TEXT not null", "model lacks: column Things Old TEXT"], drift);
    }

    private static async Task StoresAndReadsAsync(PostgresServerProcess server)
    {
        await using var host = new ProbeHost("ConnectionStrings:probedb", server.ConnectionString("a"));
        var local = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.FromHours(2));
        await using (var db = host.NewContext())
        {
            var shelf = new Shelf { Name = "S" };
            shelf.Books.Add(new Book { Title = "T", Price = 12.34m, PublishedAt = local });
            db.Shelves.Add(shelf);
            await db.SaveChangesAsync(Token);
        }

        await using var read = host.NewContext();
        var book = Assert.Single(read.Books);
        Assert.Equal((12.34m, local.ToUniversalTime(), TimeSpan.Zero), (book.Price, book.PublishedAt, book.PublishedAt.Offset));
    }
}
