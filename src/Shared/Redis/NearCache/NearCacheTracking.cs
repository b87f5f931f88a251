using Microsoft.Extensions.Logging;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.NearCache;

/// <summary>Turns tracking on for each new connection and passes its messages on to the store.</summary>
internal sealed class NearCacheTracking(NearCacheStore store, RedisNearCacheOptions options, ILogger logger)
{
    private readonly Action<string> _overtake = store.Overtake;
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
        connection.OnReply = HandleReply;
        // OPTIN: the server remembers only what is kept here, and its messages are only about that. NOLOOP: of what this connection changes it hears by its replies; a message after the
        // reply to a write would take away what the same write read back.
        var command = new RedisCommand("CLIENT", "TRACKING", "ON", "OPTIN", "NOLOOP");
        var reply = await connection.SendAsync(new RedisPayload(command), long.MaxValue, cancellationToken).ConfigureAwait(false);
        connection.IsTracking = !reply.IsError;
        if (reply.IsError) RedisLog.NoTracking(logger, new RedisServerException(reply.AsString()!).Code);
    }

    public void Lost(RedisConnection connection) => store.Clear(connection);

    // Also on the reader's thread and in the order of the stream: the reply says that the change has happened, and stands where the server's message about it would.
    private void HandleReply(RedisRequest request)
    {
        ref readonly var payload = ref request.Payload;
        if (payload.Single is { } single)
        {
            Overtake(single);
        }
        else if (!payload.IsAtomic)
        {
            Overtake(payload.Commands[request.Received]);
        }
        else if (request.Missing == 1)
        {
            for (var i = 0; i < payload.Commands.Count; i++) Overtake(payload.Commands[i]);
            if (payload.Keeps is { } read) store.Renew(read);
        }
    }

    private void Overtake(RedisCommand command) => NearCacheWrites.ForEach(command, options, _overtake);

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
            store.Overtake(key.AsString() ?? "");
        }
    }
}
