using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopSession.Redis;

namespace ShopSession.Sessions.Tests.Harness;

/// <summary>A replica's client, with a place in front of each transaction where a test lets something else happen first.</summary>
internal sealed class InterceptedRedis(RedisClient inner) : IRedisClient
{
    public Func<RedisTransaction, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public bool IsConnected => inner.IsConnected;

    public static void Use(IServiceCollection services)
    {
        services.AddSingleton(static provider => new InterceptedRedis(new RedisClient(provider.GetRequiredService<IOptions<RedisClientOptions>>().Value)));
        services.AddSingleton<IRedisClient>(static provider => provider.GetRequiredService<InterceptedRedis>());
        services.AddSingleton(static provider => provider.GetRequiredService<InterceptedRedis>().NearCache);
    }

    public ValueTask<RedisReply> ExecuteAsync(RedisCommand command, CancellationToken cancellationToken = default) => inner.ExecuteAsync(command, cancellationToken);

    public ValueTask<RedisReply[]> ExecuteAsync(RedisPipeline pipeline, CancellationToken cancellationToken = default) => inner.ExecuteAsync(pipeline, cancellationToken);

    public async ValueTask<RedisReply[]> ExecuteAsync(RedisTransaction transaction, CancellationToken cancellationToken = default)
    {
        await Before(transaction);
        return await inner.ExecuteAsync(transaction, cancellationToken);
    }

    public ValueTask<IRedisWatch> WatchAsync(IReadOnlyList<RedisKey> keys, CancellationToken cancellationToken = default) => inner.WatchAsync(keys, cancellationToken);

    public ValueTask<IRedisSubscription> SubscribeAsync(string channel, CancellationToken cancellationToken = default) => inner.SubscribeAsync(channel, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private IRedisNearCache NearCache => inner.NearCache;
}
