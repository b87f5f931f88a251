using Microsoft.Extensions.Logging;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.NearCache;

/// <summary>Turns tracking on for each new connection and passes its messages on to the store.</summary>
internal sealed class NearCacheTracking(NearCacheStore store, ILogger logger)
{
    private long _invalidations;

    public long Invalidations => Volatile.Read(ref _invalidations);

    public async Task PrepareAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        if (connection.Protocol < 3)
        {
            RedisLog.NoTracking(logger, "it does not speak RESP3");
            return;
        }

        connection.OnPush = HandlePush;
        // OPTIN: the server remembers only what is kept here, and its messages are only about that.
        var command = new RedisCommand("CLIENT", "TRACKING", "ON", "OPTIN");
        var reply = await connection.SendAsync(new RedisPayload(command), long.MaxValue, cancellationToken).ConfigureAwait(false);
        connection.IsTracking = !reply.IsError;
        if (reply.IsError) RedisLog.NoTracking(logger, new RedisServerException(reply.AsString()!).Code);
    }

    public void Lost(RedisConnection connection) => store.Clear(connection);

    // On the reader's thread, in the order of the stream.
    private void HandlePush(RedisReply message)
    {
        if (!RedisPushMessage.TryGetInvalidation(message, out var keys)) return;
        if (keys.IsNull)
        {
            // FLUSHALL, FLUSHDB, or the server's table of tracked keys was full.
            Interlocked.Increment(ref _invalidations);
            store.Clear();
            return;
        }

        foreach (var key in keys.Items)
        {
            Interlocked.Increment(ref _invalidations);
            store.Invalidate(key.AsString() ?? "");
        }
    }
}
