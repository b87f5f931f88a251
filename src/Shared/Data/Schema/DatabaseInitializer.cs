using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ShopSession.Data;

/// <summary>What a service puts into its database when it starts. Must be repeatable: it runs at every start, one replica at a time.</summary>
internal sealed record DatabaseSeed<TContext>(Func<TContext, IServiceProvider, CancellationToken, Task> Run)
    where TContext : DbContext;

/// <summary>
/// Brings the database up to date before the first request is served. Hosted services start in order of registration and the web server
/// starts last, so nobody is served from a half-made schema.
/// </summary>
internal sealed class DatabaseInitializer<TContext>(
    ShopDatabase<TContext> database, IServiceScopeFactory scopes, IEnumerable<DatabaseSeed<TContext>> seeds, TimeProvider time, ILogger<DatabaseInitializer<TContext>> logger)
    : IHostedService
    where TContext : DbContext
{
    public Task StartAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var facts = database.Facts;
        var scripts = SchemaScript.In(typeof(TContext).Assembly, facts.Provider);
        IDatabaseStartup startup = facts.Provider == DatabaseProvider.Sqlite ? new SqliteStartup(facts, time) : new PostgreSqlStartup(facts, time, logger);

        await startup.PrepareAsync(cancellationToken);
        await BuildModelAsync();
        await using (await startup.LockAsync(cancellationToken))
        {
            await using (var connection = await startup.OpenForSchemaAsync(cancellationToken))
            {
                await new SchemaUpgrade(facts, scripts, time, logger).RunAsync(connection, cancellationToken);
            }

            foreach (var seed in seeds) await SeedAsync(seed, cancellationToken);
        }

        Log.DatabaseReady(logger, facts.Name, facts.Provider, facts.Location, scripts.Count, (long)time.GetElapsedTime(started).TotalMilliseconds);
    }

    // Building the model takes some hundred milliseconds: before the lock, so that replicas which start together do it side by side.
    private async Task BuildModelAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        _ = scope.ServiceProvider.GetRequiredService<TContext>().Model;
    }

    private async Task SeedAsync(DatabaseSeed<TContext> seed, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await seed.Run(scope.ServiceProvider.GetRequiredService<TContext>(), scope.ServiceProvider, cancellationToken);
    }
}
