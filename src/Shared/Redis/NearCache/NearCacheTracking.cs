using Microsoft.Extensions.Logging;
using ShopSession.Redis.Cluster;
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
        connection.OnReply += (RedisRequest request, in RedisReply reply) => HandleReply(connection, request, reply);
        if (connection.ServerMode == "cluster") connection.Heartbeat = RedisClusterState.Question;
        // OPTIN: the server remembers only what is kept here, and its messages are only about that. NOLOOP: of what this connection changes it hears by its replies; a message after the
        // reply to a write would take away what the same write read back.
        var command = await EvictsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? new RedisCommand("CLIENT", "TRACKING", "ON", "OPTIN")
            : new RedisCommand("CLIENT", "TRACKING", "ON", "OPTIN", "NOLOOP");
        var reply = await connection.SendAsync(new RedisPayload(command), long.MaxValue, cancellationToken).ConfigureAwait(false);
        connection.IsTracking = !reply.IsError;
        if (reply.IsError) RedisLog.NoTracking(logger, new RedisServerException(reply.AsString()!).ShownCode);
    }

    public void Lost(RedisConnection connection) => store.Clear(connection);

    // Whether the server may remove any key to make room for a write. It would do so in this connection's name, and with NOLOOP not tell.
    private async Task<bool> EvictsAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        var reply = await connection.SendAsync(new RedisPayload(new RedisCommand("INFO", "memory")), long.MaxValue, cancellationToken).ConfigureAwait(false);
        // Not allowed to ask: rather a message too many.
        if (reply.IsError) return true;
        const string name = "maxmemory_policy:";
        var line = reply.AsString()!.Split('\n').FirstOrDefault(static line => line.StartsWith(name, StringComparison.Ordinal));
        var policy = line?[name.Length..].Trim() ?? "noeviction";
        if (policy == "noeviction") return false;
        RedisLog.Evicts(logger, connection.EndPoint, policy);
        return true;
    }

    // Also on the reader's thread and in the order of the stream: the reply says that the change has happened, and stands where the server's message about it would.
    private void HandleReply(RedisConnection connection, RedisRequest request, in RedisReply reply)
    {
        if (reply.IsError && reply.AsBytes().Span.StartsWith("CLUSTERDOWN"u8)) store.Clear(connection);
        ref readonly var payload = ref request.Payload;
        if (payload.Single is { } single)
        {
            if (ReferenceEquals(single, RedisClusterState.Question) && !RedisClusterState.IsServing(reply)) store.Clear(connection);
            Overtake(connection, single, reply);
        }
        else if (payload.Commands is TrackedCommands)
        {
            // What such a read does not find the server watches for from then on, so that others' changes are heard of.
            Overtake(connection, payload.Commands[request.Received]);
        }
        else if (!payload.IsAtomic)
        {
            Overtake(connection, payload.Commands[request.Received], reply);
        }
        else if (request.Missing == 1)
        {
            var isExecuted = reply.Type == RedisReplyType.Array && reply.Items.Count == payload.Commands.Count;
            for (var i = 0; i < payload.Commands.Count; i++)
            {
                if (payload.Keeps is null && isExecuted) Overtake(connection, payload.Commands[i], reply.Items[i]);
                else Overtake(connection, payload.Commands[i]);
            }

            if (payload.Keeps is { } read) store.Renew(read);
        }
    }

    private void Overtake(RedisConnection connection, RedisCommand command)
    {
        Sweep(connection, command);
        NearCacheWrites.ForEach(command, options, _overtake);
    }

    private void Overtake(RedisConnection connection, RedisCommand command, in RedisReply reply)
    {
        Sweep(connection, command);
        NearCacheWrites.ForEach(command, reply, options, _overtake);
    }

    private void Sweep(RedisConnection connection, RedisCommand command)
    {
        if ((command.Kind & RedisCommandKind.Sweeping) != 0) store.Clear(connection);
    }

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
