using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopSession.Redis.DataProtection;

namespace ShopSession.Redis;

/// <summary>Keeps data-protection keys in Redis.</summary>
public static class RedisDataProtectionExtensions
{
    /// <summary>
    /// Keeps the key ring in the Redis list <paramref name="key"/>, through the registered <see cref="IRedisClient"/>. The keys stand
    /// there as they are unless a <c>ProtectKeysWith…</c> call is added; the store must keep its data over a restart.
    /// </summary>
    public static IDataProtectionBuilder PersistKeysToRedis(this IDataProtectionBuilder builder, string key = "DataProtection-Keys")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(key);
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new RedisXmlRepository(provider.GetRequiredService<IRedisClient>(), key)));
        return builder;
    }
}
