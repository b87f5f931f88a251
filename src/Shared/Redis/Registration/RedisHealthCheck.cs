using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopSession.Redis;

/// <summary>Healthy when the store answers a PING within the time limit of the client.</summary>
public sealed class RedisHealthCheck(IRedisClient client) : IHealthCheck
{
    private static readonly RedisCommand Ping = new("PING");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await client.ExecuteAsync(Ping, cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy("Redis answers.");
        }
        catch (RedisException e)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Redis does not answer.", e);
        }
    }
}

/// <summary>Registration of the health check.</summary>
public static class RedisHealthCheckExtensions
{
    /// <summary>Adds <see cref="RedisHealthCheck"/>.</summary>
    public static IHealthChecksBuilder AddRedis(this IHealthChecksBuilder builder, string name = "redis", params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<RedisHealthCheck>(name, failureStatus: null, tags);
    }
}
