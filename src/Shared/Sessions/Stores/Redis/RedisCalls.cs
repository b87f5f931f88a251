using ShopSession.Redis;
using ShopSession.Sessions.Diagnostics;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>Sends to Redis and turns every failure of the store into the one exception that callers of a session store know.</summary>
internal sealed class RedisCalls(IRedisClient redis, StoreRoundTrips roundTrips)
{
    public async ValueTask<RedisReply[]> SendAsync(RedisPipeline pipeline, CancellationToken cancellationToken)
    {
        roundTrips.Count();
        try
        {
            return await redis.ExecuteAsync(pipeline, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisException exception)
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>As <see cref="SendAsync(RedisPipeline, CancellationToken)"/>, and none of the commands may have failed.</summary>
    public async ValueTask<RedisReply[]> SendAllAsync(RedisPipeline pipeline, CancellationToken cancellationToken) =>
        Succeeded(await SendAsync(pipeline, cancellationToken).ConfigureAwait(false));

    public async ValueTask<RedisReply[]> SendAsync(RedisTransaction transaction, CancellationToken cancellationToken)
    {
        roundTrips.Count();
        try
        {
            return Succeeded(await redis.ExecuteAsync(transaction, cancellationToken).ConfigureAwait(false));
        }
        catch (RedisException exception)
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>The replies, none of which may be an error.</summary>
    public static RedisReply[] Succeeded(RedisReply[] replies)
    {
        foreach (var reply in replies)
        {
            if (reply.IsError) throw Unavailable(new RedisServerException(reply.AsString()!));
        }

        return replies;
    }

    public static SessionStoreUnavailableException Unavailable(RedisException exception) =>
        new($"The session store did not answer as it should: {exception.Message}", exception);
}
