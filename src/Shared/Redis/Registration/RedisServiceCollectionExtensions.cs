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
    /// section <c>Redis</c>. Wrong settings stop the start; a server that is down does not: the client becomes ready when it is.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionName">The name of the connection string.</param>
    /// <param name="configure">Changes the options after everything else.</param>
    public static IServiceCollection AddRedisClient(
        this IServiceCollection services, string connectionName = "redis", Action<RedisClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        var options = services.AddOptions<RedisClientOptions>().BindConfiguration(RedisClientOptions.Section).ValidateOnStart();
        options.Configure<IConfiguration>((target, configuration) => Apply(target, configuration, connectionName));
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
