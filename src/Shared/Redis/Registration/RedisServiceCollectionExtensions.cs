using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ShopSession.Redis;

/// <summary>Registration of the client.</summary>
public static class RedisServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IRedisClient"/> and <see cref="IRedisNearCache"/> as singletons that read <c>ConnectionStrings:{connectionName}</c> and, for the rest, the
    /// section <c>Redis</c>. Wrong settings, also names that there are not, stop the start; a server that is down does not: the client becomes ready when it is.
    /// </summary>
    /// <remarks>One client a process. For a second server make a <see cref="RedisClient"/> and register it by a key.</remarks>
    /// <param name="services">The services.</param>
    /// <param name="connectionName">The name of the connection string.</param>
    /// <param name="configure">Changes the options after everything else.</param>
    /// <exception cref="InvalidOperationException">A client with another connection string is registered.</exception>
    public static IServiceCollection AddRedisClient(
        this IServiceCollection services, string connectionName = "redis", Action<RedisClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var registered = services.Select(static service => service.ImplementationInstance).OfType<ConnectionName>().FirstOrDefault();
        if (registered is not null && registered.Value != connectionName)
        {
            throw new InvalidOperationException(
                $"A Redis client is registered already, for the connection string '{registered.Value}'; '{connectionName}' would change its settings. Make a {nameof(RedisClient)} for the second server and register it by a key.");
        }

        var options = services.AddOptions<RedisClientOptions>().ValidateOnStart();
        if (registered is null)
        {
            services.AddSingleton(new ConnectionName(connectionName));
            // Once: read again, it would go over what the code has set meanwhile.
            options.Configure<IConfiguration>((target, configuration) =>
            {
                RedisConfigurationSection.Apply(target, configuration.GetSection(RedisClientOptions.Section));
                Apply(target, configuration, connectionName);
            });
        }

        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisClientOptions>, RedisClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRedisClient>(static provider => new RedisClient(
            provider.GetRequiredService<IOptions<RedisClientOptions>>().Value,
            provider.GetService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(static provider => (provider.GetRequiredService<IRedisClient>() as RedisClient)?.NearCache
            ?? throw new InvalidOperationException("The registered IRedisClient is not this library's client and has no near cache."));
        services.AddHostedService<RedisWarmUp>();
        return services;
    }

    /// <inheritdoc cref="AddRedisClient(IServiceCollection, string, Action{RedisClientOptions}?)"/>
    public static IHostApplicationBuilder AddRedisClient(
        this IHostApplicationBuilder builder, string connectionName = "redis", Action<RedisClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddRedisClient(connectionName, configure);
        return builder;
    }

    private sealed record ConnectionName(string Value);

    private static void Apply(RedisClientOptions options, IConfiguration configuration, string connectionName)
    {
        if (configuration.GetConnectionString(connectionName) is not { Length: > 0 } connectionString) return;
        try
        {
            options.Apply(connectionString);
        }
        catch (FormatException e)
        {
            throw new OptionsValidationException(
                Options.DefaultName, typeof(RedisClientOptions), [$"ConnectionStrings:{connectionName} is wrong. {e.Message}"]);
        }
    }
}
