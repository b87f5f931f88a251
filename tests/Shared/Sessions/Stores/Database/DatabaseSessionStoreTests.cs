using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ShopSession.Data;
using ShopSession.Sessions.Database.Cleaning;
using ShopSession.Sessions.Database.Model;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Tests.Conformance;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Stores.Database;

public sealed class DatabaseSessionStoreTests(KeyRingStore keyRing) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sessions-").FullName;
    private readonly MovableTime _time = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task No_statement_reads_a_whole_table()
    {
        var statements = new RecordedStatements();
        await using var replica = await StartAsync(statements);
        using var browser = new Browser();
        using var other = new Browser();
        await browser.PostOkAsync(replica, "/set/color/red");
        await other.PostOkAsync(replica, "/login/ada");
        await browser.PostOkAsync(replica, "/login/ada");
        await browser.PostOkAsync(replica, "/set/color/blue");
        await browser.PostOkAsync(replica, "/remove/color");
        await browser.PostOkAsync(replica, "/count/visits");
        await browser.PostOkAsync(replica, "/rotate");
        await browser.PostOkAsync(replica, "/end-others");
        await browser.TextAsync(replica, "/me");
        var directory = ConformanceSite.Directory(replica);
        var ada = new UserId("id-ada");
        var devices = await directory.ListAsync(ada, TestContext.Current.CancellationToken);
        await directory.GetGenerationAsync(ada, TestContext.Current.CancellationToken);
        await directory.RevokeAsync(ada, devices[0].Handle, TestContext.Current.CancellationToken);
        await directory.RevokeAllAsync(ada, TestContext.Current.CancellationToken);
        await browser.PostOkAsync(replica, "/login/bob");
        await browser.PostOkAsync(replica, "/logout");
        await replica.Services.GetRequiredService<ExpiredSessionCleaner>().CleanAsync(TestContext.Current.CancellationToken);

        var ours = statements.All.Where(statement => statement.Sql.Contains("session", StringComparison.Ordinal) && !statement.Sql.Contains("schema_versions", StringComparison.Ordinal)).ToArray();
        Assert.True(ours.Length > 15, $"Only {ours.Length} statements were recorded.");
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var (sql, parameters) in ours)
        {
            foreach (var step in await PlanAsync(connection, sql, parameters))
                Assert.False(step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("USING", StringComparison.Ordinal) && !step.Contains("CONSTANT", StringComparison.Ordinal) && !step.Contains("SUBQUERY", StringComparison.Ordinal), $"{step}\n{sql}");
        }
    }

    [Fact]
    public async Task Expired_sessions_are_deleted_in_batches_and_the_others_stay()
    {
        await using var replica = await StartAsync();
        const int Expired = ExpiredSessionCleaner.BatchSize + 20;
        await using var context = await replica.Services.GetRequiredService<IDbContextFactory<SessionDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < Expired; i++)
            context.Sessions.Add(new SessionRow { Handle = $"old-{i}", Tag = "t", Ordinal = 0, Birth = [1], LastSeenAt = 1, ExpiresAt = 2 + i, Attributes = [new AttributeRow { Handle = $"old-{i}", Name = "a", Value = [1] }] });
        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        using var browser = new Browser();
        await browser.PostOkAsync(replica, "/set/color/red");

        var deleted = await replica.Services.GetRequiredService<ExpiredSessionCleaner>().CleanAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Expired, deleted);
        Assert.Equal("red", await browser.TextAsync(replica, "/get/color"));
        Assert.Equal(1, await context.Attributes.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_a_user_counted_is_forgotten_when_no_session_of_then_can_live()
    {
        await using var replica = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(replica, "/login/ada");
        await using var context = await replica.Services.GetRequiredService<IDbContextFactory<SessionDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var cleaner = replica.Services.GetRequiredService<ExpiredSessionCleaner>();
        await cleaner.CleanAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await context.Users.CountAsync(TestContext.Current.CancellationToken));

        _time.Move(TimeSpan.FromDays(40));
        await cleaner.CleanAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, await context.Users.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_dump_holds_neither_the_id_nor_what_the_session_carries()
    {
        await using var replica = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(replica, "/set/color/vermilion");
        await browser.PostOkAsync(replica, "/login/ada");
        await using var context = await replica.Services.GetRequiredService<IDbContextFactory<SessionDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", TestContext.Current.CancellationToken);

        var dump = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(_directory, "session.db"), TestContext.Current.CancellationToken));

        foreach (var secret in new[] { "vermilion", "color", "ada@mail", browser.Cookie! }) Assert.DoesNotContain(secret, dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_told_as_503()
    {
        await using var replica = await StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(replica, "/login/ada");
        await using (var connection = new SqliteConnection(ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE sessions RENAME TO gone";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var response = await browser.PostAsync(replica, "/set/color/red");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task The_schema_scripts_make_what_the_model_says()
    {
        var configuration = new ConfigurationManager { ["Shop:DataDirectory"] = _directory };
        var drift = await SchemaDrift.FindAsync<SessionDbContext>(
            options => new SessionDbContext(options),
            ShopDatabase.FromConfiguration(configuration, "scripted", _directory),
            ShopDatabase.FromConfiguration(configuration, "modelled", _directory),
            TestContext.Current.CancellationToken);

        Assert.Empty(drift);
    }

    private string ConnectionString => $"Data Source={Path.Combine(_directory, "session.db")};Pooling=False";

    private Task<Replica> StartAsync(RecordedStatements? statements = null)
    {
        var site = Guid.NewGuid().ToString("N");
        return Replica.StartAsync(
            keyRing.ConnectionString,
            options =>
            {
                options.Strategy = SessionStrategies.Database;
                options.KeyPrefix = options.ApplicationName = site;
                options.MaxPerUser = 5;
                options.SlidingInterval = TimeSpan.Zero;
            },
            _time,
            builder =>
            {
                DatabaseConformanceTests.Use(builder, ConnectionString);
                if (statements is not null) builder.Services.ConfigureDbContext<SessionDbContext>(options => options.AddInterceptors(statements));
            });
    }

    private static async Task<List<string>> PlanAsync(SqliteConnection connection, string sql, (string Name, object? Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var steps = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) steps.Add(reader.GetString(3));
        return steps;
    }
}
