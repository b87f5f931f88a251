using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Stores.Local;
using ShopSession.Sessions.Stores.Redis;

namespace ShopSession.Sessions.Stores;

/// <summary>Registers every strategy's store under its name, and the chosen one for all who ask for the store.</summary>
internal static class SessionStoreExtensions
{
    public static void AddSessionStores(this IServiceCollection services)
    {
        services.AddKeyedSingleton<ISessionStore>(SessionStrategies.Redis, static (provider, _) => provider.GetRequiredService<RedisSessionStore>());
        services.AddKeyedSingleton<ISessionStore, LocalSessionStore>(SessionStrategies.Local);
        services.AddSingleton(Chosen);
        services.AddSingleton(static provider => (ISessionDirectory)provider.GetRequiredService<ISessionStore>());
        services.AddHostedService<StrategyNotice>();
    }

    private static ISessionStore Chosen(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<ISessionStore>(provider.GetRequiredService<IOptions<SharedSessionOptions>>().Value.Strategy);
}
