using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ShopSession.Data;

/// <summary>Gives a service its database.</summary>
public static class ShopDatabaseExtensions
{
    private static readonly string[] ReadyTag = ["ready"];

    /// <summary>
    /// Adds <typeparamref name="TContext"/> (pooled, as a scoped service and as <see cref="IDbContextFactory{TContext}"/>) on the database
    /// <c>ConnectionStrings:{name}db</c> (SQLite or PostgreSQL, told apart by the string), else on the SQLite file
    /// <c>{Shop:DataDirectory}/{name}.db</c>; a health check <c>{name}db</c>; and a start-up step that runs before the first request is served:
    /// under a lock that all replicas share, it applies the scripts <c>Schema/{Sqlite|PostgreSql}/NNNN-name.sql</c> embedded in the context's
    /// assembly that the database does not have yet, then runs <paramref name="seed"/>.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The database's name, for example <c>auth</c>.</param>
    /// <param name="seed">Puts in what a new database needs. Runs at every start, in one replica at a time, so it must look before it adds.</param>
    /// <exception cref="ShopDatabaseException">At start: a wrong connection string, an unwritable directory, an unreachable server, a failing script.</exception>
    public static IHostApplicationBuilder AddShopDatabase<TContext>(
        this IHostApplicationBuilder builder, string name, Func<TContext, IServiceProvider, CancellationToken, Task>? seed = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        SqliteVersionBridge.Install();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new ShopDatabase<TContext>(
            () => ShopDatabase.FromConfiguration(services.GetRequiredService<IConfiguration>(), name, services.GetRequiredService<IHostEnvironment>().ContentRootPath)));
        builder.Services.AddPooledDbContextFactory<TContext>((services, options) => options.UseShopDatabase(services.GetRequiredService<ShopDatabase<TContext>>().Facts));
        if (seed is not null) builder.Services.AddSingleton(new DatabaseSeed<TContext>(seed));
        builder.Services.AddSingleton<DatabaseInitializer<TContext>>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DatabaseInitializer<TContext>>());
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck<TContext>>($"{name}db", tags: ReadyTag, timeout: TimeSpan.FromSeconds(2));
        return builder;
    }

    /// <summary>
    /// Runs the start-up step of <see cref="AddShopDatabase"/> now, for a tool or test that has no running host. Repeatable and safe from
    /// several processes at once.
    /// </summary>
    public static Task InitializeShopDatabaseAsync<TContext>(this IServiceProvider services, CancellationToken cancellationToken = default)
        where TContext : DbContext => services.GetRequiredService<DatabaseInitializer<TContext>>().RunAsync(cancellationToken);

    /// <summary>
    /// Points a context at <paramref name="database"/>. No retrying execution strategy is set: it would repeat a commit whose outcome is
    /// unknown and forbid explicit transactions. What may be repeated (a read, a write under an idempotency key) is repeated by its caller.
    /// </summary>
    public static DbContextOptionsBuilder UseShopDatabase(this DbContextOptionsBuilder options, ShopDatabase database)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(database);
        SqliteVersionBridge.Install();
        options.ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandExecuted, Microsoft.Extensions.Logging.LogLevel.Debug)));
        return database.Provider == DatabaseProvider.Sqlite ? UseSqlite(options, database) : UseNpgsql(options, database);
    }

    // In methods of their own, so that each provider's assemblies load only when it is the one in use.
    private static DbContextOptionsBuilder UseSqlite(DbContextOptionsBuilder options, ShopDatabase database) =>
        options.UseSqlite(database.ConnectionString).AddInterceptors(new SqliteConnectionInterceptor());

    private static DbContextOptionsBuilder UseNpgsql(DbContextOptionsBuilder options, ShopDatabase database) => options.UseNpgsql(database.ConnectionString);
}
