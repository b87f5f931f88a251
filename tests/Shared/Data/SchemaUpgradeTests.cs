using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ShopSession.Data.Tests;

public sealed class SchemaUpgradeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ShopDatabase Database => SqliteDatabase.At("test", Path.Combine(_folder.Path, "test.db"));

    [Fact]
    public async Task A_deployed_database_gets_only_the_scripts_that_it_lacks_and_keeps_its_rows()
    {
        await ApplyAsync(new SchemaScript(1, "one", "CREATE TABLE a (x integer); INSERT INTO a VALUES (7);"));
        await ApplyAsync(new SchemaScript(1, "one", "CREATE TABLE a (x integer); INSERT INTO a VALUES (7);"), new SchemaScript(2, "two", "ALTER TABLE a ADD COLUMN y text NOT NULL DEFAULT 'new'"));
        Assert.Equal("7 new", await QueryAsync("SELECT x || ' ' || y FROM a"));
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind_and_names_itself()
    {
        var error = await Assert.ThrowsAsync<ShopDatabaseException>(() => ApplyAsync(new SchemaScript(1, "broken", "CREATE TABLE a (x integer); CREATE TABEL b (x);")));
        Assert.Contains("0001-broken", error.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await QueryAsync("SELECT count(*) FROM sqlite_master WHERE name = 'a'"));
        await ApplyAsync(new SchemaScript(1, "repaired", "CREATE TABLE a (x integer)"));
        Assert.Equal(1L, await QueryAsync("SELECT count(*) FROM sqlite_master WHERE name = 'a'"));
    }

    [Fact]
    public async Task A_script_changed_after_it_was_applied_stops_the_start()
    {
        await ApplyAsync(new SchemaScript(1, "one", "CREATE TABLE a (x integer)"));
        var error = await Assert.ThrowsAsync<ShopDatabaseException>(() => ApplyAsync(new SchemaScript(1, "one", "CREATE TABLE a (x text)")));
        Assert.Contains("0001-one was changed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_line_ends_are_not_a_change()
    {
        await ApplyAsync(new SchemaScript(1, "one", "CREATE TABLE a\n(x integer)"));
        await ApplyAsync(new SchemaScript(1, "one", "CREATE TABLE a\r\n(x integer)"));
    }

    [Fact]
    public async Task The_release_before_still_starts_on_a_newer_schema()
    {
        await ApplyAsync(new SchemaScript(1, "one", "CREATE TABLE a (x integer)"), new SchemaScript(2, "two", "ALTER TABLE a ADD COLUMN y text"));
        await ApplyAsync(new SchemaScript(1, "one", "CREATE TABLE a (x integer)"));
    }

    [Fact]
    public async Task A_table_can_be_rebuilt_without_losing_what_refers_to_it()
    {
        await ApplyAsync(Parents, new SchemaScript(2, "rebuild", """
            CREATE TABLE parent_new (id integer PRIMARY KEY, name text NOT NULL);
            INSERT INTO parent_new SELECT id, 'n' FROM parent;
            DROP TABLE parent;
            ALTER TABLE parent_new RENAME TO parent;
            """));
        Assert.Equal(1L, await QueryAsync("SELECT count(*) FROM child JOIN parent ON parent.id = child.parent"));
    }

    [Fact]
    public async Task A_script_that_orphans_rows_is_rolled_back()
    {
        await ApplyAsync(Parents);
        await Assert.ThrowsAsync<ShopDatabaseException>(() => ApplyAsync(Parents, new SchemaScript(2, "orphan", "DELETE FROM parent")));
        Assert.Equal(1L, await QueryAsync("SELECT count(*) FROM parent"));
    }

    public void Dispose() => _folder.Dispose();

    private static SchemaScript Parents => new(1, "one", """
        CREATE TABLE parent (id integer PRIMARY KEY);
        CREATE TABLE child (id integer PRIMARY KEY, parent integer NOT NULL REFERENCES parent (id) ON DELETE CASCADE);
        INSERT INTO parent VALUES (1);
        INSERT INTO child VALUES (1, 1);
        """);

    private async Task ApplyAsync(params SchemaScript[] scripts)
    {
        await using var connection = await new SqliteStartup(Database, TimeProvider.System).OpenForSchemaAsync(Token);
        await new SchemaUpgrade(Database, scripts, TimeProvider.System, NullLogger.Instance).RunAsync(connection, Token);
    }

    private async Task<object?> QueryAsync(string sql)
    {
        await using var connection = new SqliteConnection(Database.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(Token);
    }
}
