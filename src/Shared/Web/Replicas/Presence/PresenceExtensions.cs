using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ShopSession.Redis;

namespace ShopSession.Web.Replicas.Presence;

internal static class PresenceExtensions
{
    /// <summary>Has this replica tell of itself, and find the others.</summary>
    public static void AddPresence(this IServiceCollection services)
    {
        services.AddSingleton<ReplicaKeys>();
        services.AddHostedService<ReplicaBeacon>();
        services.AddSingleton(static provider => new ReplicaDirectory(
            provider.GetRequiredService<IRedisClient>(), provider.GetRequiredService<ReplicaKeys>(), provider.GetRequiredService<ILogger<ReplicaDirectory>>()));
    }
}
