using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ShopSession.Redis;

/// <summary>Registration of the distributed cache.</summary>
public static class RedisDistributedCacheExtensions
{
    /// <summary>Adds <see cref="RedisDistributedCache"/> as <see cref="IDistributedCache"/>, on the registered <see cref="IRedisClient"/>.</summary>
    public static IServiceCollection AddRedisDistributedCache(
        this IServiceCollection services, Action<RedisDistributedCacheOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<RedisDistributedCacheOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.RemoveAll<IDistributedCache>();
        services.AddSingleton<IDistributedCache, RedisDistributedCache>();
        return services;
    }
}
