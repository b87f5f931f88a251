using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Diagnostics;
using ShopSession.Sessions.Stores.Carried;
using ShopSession.Sessions.Stores.Jwt;
using ShopSession.Sessions.Stores.Local;
using ShopSession.Sessions.Stores.Redis;
using ShopSession.Sessions.Stores.Replicated;
using ShopSession.Sessions.Transports;
using ShopSession.Sessions.Transports.Url;

namespace ShopSession.Sessions.Stores;

/// <summary>Registers every strategy's store under its name, and the chosen one for all who ask for the store.</summary>
internal static class SessionStoreExtensions
{
    public static void AddSessionStores(this IServiceCollection services)
    {
        services.AddKeyedSingleton<ISessionStore>(SessionStrategies.Redis, static (provider, _) => provider.GetRequiredService<RedisSessionStore>());
        services.AddKeyedSingleton<ISessionStore, LocalSessionStore>(SessionStrategies.Local);
        services.AddKeyedSingleton<ISessionStore>(SessionStrategies.Replicated, static (provider, _) => provider.GetRequiredService<ReplicatedSessionStore>());
        services.AddSingleton<ReplicatedSessionStore>();
        services.AddSingleton<PeerHub>();
        services.AddSingleton<ReplicationMetrics>();
        services.AddHostedService<PeerMesh>();
        services.AddKeyedSingleton<ISessionStore>(SessionStrategies.Client, static (provider, _) => ActivatorUtilities.CreateInstance<CarriedSessionStore>(provider, SessionStrategies.Client));
        services.AddKeyedSingleton<ISessionStore, JwtSessionStore>(SessionStrategies.Jwt);
        services.AddSingleton<JwtKeys>();
        services.AddHostedService<JwtKeyKeeper>();
        services.AddKeyedSingleton<ISessionCarrier, SealedCarrier>(SessionStrategies.Client);
        services.AddKeyedSingleton<ISessionCarrier, JwtCarrier>(SessionStrategies.Jwt);
        services.AddSingleton<CarriedCookies>();
        services.AddSingleton<IdCarrier>();
        services.AddSingleton<UrlCarrier>();
        services.AddSingleton<ISessionCarrier>(static provider => provider.GetKeyedService<ISessionCarrier>(StrategyOf(provider)) ?? IdCarrierOf(provider));
        services.AddSingleton(Chosen);
        services.AddSingleton<StoreObserver>();
        services.AddSingleton<ISessionDirectory>(static provider =>
            new ObservedSessionDirectory((ISessionDirectory)provider.GetRequiredService<ISessionStore>(), provider.GetRequiredService<StoreObserver>()));
        services.AddHostedService<StrategyNotice>();
    }

    /// <summary>What a strategy serves by itself: the endpoint for peers, the published keys.</summary>
    public static void UseSessionStrategy(this IApplicationBuilder app)
    {
        switch (StrategyOf(app.ApplicationServices))
        {
            case SessionStrategies.Replicated:
                app.UseWebSockets();
                app.UseMiddleware<PeerEndpoint>();
                break;
            case SessionStrategies.Jwt:
                app.UseMiddleware<JwksEndpoint>();
                break;
        }
    }

    private static ISessionCarrier IdCarrierOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<SharedSessionOptions>>().Value.Transport == SessionTransports.Url
        ? provider.GetRequiredService<UrlCarrier>()
        : provider.GetRequiredService<IdCarrier>();

    private static string StrategyOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<SharedSessionOptions>>().Value.Strategy;

    private static ISessionStore Chosen(IServiceProvider provider)
    {
        var strategy = StrategyOf(provider);
        return provider.GetKeyedService<ISessionStore>(strategy)
            ?? throw new InvalidOperationException($"Session:Strategy is '{strategy}', whose store this application does not have: reference its package and call its Add method, for example builder.AddDatabaseSessions().");
    }
}
