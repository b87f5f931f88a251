using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ShopSession.Data;
using ShopSession.Sessions.Database.Cleaning;
using ShopSession.Sessions.Database.Model;
using ShopSession.Sessions.Database.Store;
using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Database;

/// <summary>Adds the session strategy <c>database</c>.</summary>
public static class DatabaseSessionExtensions
{
    /// <summary>
    /// Keeps sessions in <c>ConnectionStrings:sessiondb</c> (SQLite or PostgreSQL), else in the file <c>session.db</c> in <c>Shop:DataDirectory</c>, when the configuration has
    /// <c>Session:Strategy=database</c>; does nothing otherwise. Call it after <see cref="SharedSessionExtensions.AddSharedSession"/>.
    /// </summary>
    public static IHostApplicationBuilder AddDatabaseSessions(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration[$"{SharedSessionOptions.Section}:{nameof(SharedSessionOptions.Strategy)}"] != SessionStrategies.Database) return builder;
        builder.AddShopDatabase<SessionDbContext>("session");
        builder.Services.AddSingleton<DatabaseClock>();
        builder.Services.AddSingleton<DatabaseCalls>();
        builder.Services.AddKeyedSingleton<ISessionStore, DatabaseSessionStore>(SessionStrategies.Database);
        builder.Services.AddSingleton<ExpiredSessionCleaner>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ExpiredSessionCleaner>());
        return builder;
    }
}
