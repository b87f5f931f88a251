using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopSession.Redis;

namespace ShopSession.Sessions.Tests.Harness;

/// <summary>A replica's client, with a place in front of each transaction where a test lets something else happen first, and one in which it sends pipelines in its own way.</summary>
internal sealed class InterceptedRedis(RedisClient inner) : IRedisClient
{
    public Func<RedisTransaction, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public Func<RedisPipeline, Func<RedisPipeline, Task<RedisReply[]>>, Task<RedisReply[]>> Send { get; set; } = static (pipeline, send) => send(pipeline);

    public bool IsConnected => inner.IsConnected;

    public static void Use(IServiceCollection services)
    {
        services.AddSingleton(static provider => new InterceptedRedis(new RedisClient(provider.GetRequiredService<IOptions<RedisClientOptions>>().Value)));
        services.AddSingleton<IRedisClient>(static provider => provider.GetRequiredService<InterceptedRedis>());
        services.AddSingleton(static provider => provider.GetRequiredService<InterceptedRedis>().NearCache);
    }

    public ValueTask<RedisReply> ExecuteAsync(RedisCommand command, CancellationToken cancellationToken = default) => inner.ExecuteAsync(command, cancellationToken);

    public async ValueTask<RedisReply[]> ExecuteAsync(RedisPipeline pipeline, CancellationToken cancellationToken = default) =>
        await Send(pipeline, part => inner.ExecuteAsync(part, cancellationToken).AsTask());

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
