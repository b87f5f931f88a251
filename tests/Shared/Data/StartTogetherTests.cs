using Microsoft.EntityFrameworkCore;
using ShopSession.Data.Probe;
using ShopSession.Testing;

namespace ShopSession.Data.Tests;

public sealed class StartTogetherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Processes_that_start_at_once_on_an_empty_directory_make_one_schema_and_seed_once()
    {
        using var folder = new TemporaryFolder();
        await AssertAllSeeOneSeedAsync(new Dictionary<string, string> { ["Shop__DataDirectory"] = Path.Combine(folder.Path, "new", "deeper") });
    }

    [Fact]
    public async Task Processes_that_start_at_once_on_PostgreSQL_make_one_database_and_seed_once()
    {
        await using var server = await PostgresServerProcess.StartAsync(Token);
        await AssertAllSeeOneSeedAsync(new Dictionary<string, string> { ["ConnectionStrings__probedb"] = server.ConnectionString("not_there_yet") });
    }

    [Fact]
    public async Task Many_starts_in_one_process_seed_once()
    {
        using var folder = new TemporaryFolder();
        var running = 0;
        var seeds = 0;
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(async () =>
        {
            await using var host = ProbeHost.InFolder(folder.Path, async (db, _, cancellationToken) =>
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                if (!await db.Shelves.AnyAsync(cancellationToken))
                {
                    Interlocked.Increment(ref seeds);
                    db.Shelves.Add(new Shelf { Name = "Only" });
                    await db.SaveChangesAsync(cancellationToken);
                }

                Interlocked.Decrement(ref running);
            });
            await host.InitializeAsync();
        }, Token)));
        Assert.Equal(1, seeds);
    }

    [Fact]
    public async Task An_unreachable_PostgreSQL_is_one_clear_message_without_the_password()
    {
        var settings = new Dictionary<string, string> { ["ConnectionStrings__probedb"] = $"Host=127.0.0.1;Port={FreePort.Next()};Database=x;Username=u;Password=hunter22" };
        var (exitCode, _, error) = await ProbeProcess.RunAsync(settings, Token);
        Assert.Equal(1, exitCode);
        Assert.Contains("PostgreSQL at 127.0.0.1:", error, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:probedb", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", error, StringComparison.Ordinal);
    }

    private static async Task AssertAllSeeOneSeedAsync(Dictionary<string, string> settings)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ProbeProcess.RunAsync(settings, Token)));
        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitCode, result.Error)));
        Assert.All(results, result => Assert.Contains("shelves=20", result.Output, StringComparison.Ordinal));
        Assert.Single(results, result => result.Output.Contains("applied schema script 1", StringComparison.Ordinal));
    }
}
