using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;
using ShopSession.Redis.NearCache;
using ShopSession.Redis.Telemetry;

namespace ShopSession.Redis.Exclusive;

/// <summary>A transaction followed by WAIT: on a connection of its own, since WAIT blocks it and looks at its writes alone.</summary>
internal static class RedisReplicatedWrite
{
    private static readonly RedisCommand Multi = new("MULTI");
    private static readonly RedisCommand Exec = new("EXEC");

    /// <param name="router">Knows the nodes.</param>
    /// <param name="nearCache">Forgets what is written.</param>
    /// <param name="transaction">The commands.</param>
    /// <param name="replicas">How many replicas to wait for.</param>
    /// <param name="limit">How long the server waits for them.</param>
    /// <param name="deadline">The timestamp until which the node is looked for.</param>
    /// <param name="end">The timestamp until which its replies are waited for: later by <paramref name="limit"/>, so that the replicas have all of theirs however long the search took.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<RedisReplicatedReply> RunAsync(
        RedisRouter router, RedisNearCache nearCache, RedisTransaction transaction, int replicas, TimeSpan limit, long deadline, long end, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [.. transaction.Commands.SelectMany(static command => command.Arguments.ToArray()).Where(static argument => argument.IsKey)
            .Select(static argument => new RedisKey(argument.KeyName!))];
        var wait = new RedisCommand("WAIT", (long)replicas, RedisDuration.Milliseconds(limit));
        var payload = new RedisPayload([Multi, .. transaction.Commands, Exec, wait], atomic: false);
        var name = RedisOperationName.OfTransaction(transaction.Commands);
        var slot = RedisSlot.None;
        for (var attempt = 1; ; attempt++)
        {
            var node = slot == RedisSlot.None
                ? await router.NodeForAsync(keys, "The transaction", deadline, cancellationToken).ConfigureAwait(false)
                : await router.NodeForAsync(slot, deadline, cancellationToken).ConfigureAwait(false);
            var replies = await SendAsync(node, nearCache, payload, name, end, cancellationToken).ConfigureAwait(false);
            var redirection = RedisRedirection.OfTransaction(replies[..^1]);
            if (redirection.Kind == RedisRedirectionKind.None) return Read(replies);
            // Keys that were given as text: their slot is known by what the node says.
            if (keys.Length == 0 && redirection.Kind == RedisRedirectionKind.Moved) slot = redirection.Slot;
            await router.FollowAsync(redirection, attempt, deadline, cancellationToken).ConfigureAwait(false);
        }
    }

    private static RedisReplicatedReply Read(RedisReply[] replies)
    {
        // All but the last reply are those of the transaction.
        var executed = RedisTransactionReply.Read(RedisReply.FromItems(RedisReplyType.Array, replies[..^1]))!;
        // WAIT fails when the master has been made a replica meanwhile: what it wrote last may be gone with that.
        return replies[^1].IsError
            ? throw new RedisOutcomeUnknownException(
                $"The node was replaced as master while replicas were waited for; the writes may be lost: {replies[^1].AsString()}")
            : new RedisReplicatedReply(executed, (int)replies[^1].AsInt64());
    }

    private static async ValueTask<RedisReply[]> SendAsync(
        RedisNode node, RedisNearCache nearCache, RedisPayload payload, RedisOperationName name, long deadline, CancellationToken cancellationToken)
    {
        var connection = await node.Exclusive.TakeAsync(deadline, cancellationToken).ConfigureAwait(false);
        var settled = false;
        try
        {
            var answer = await node.Exclusive.SendAsync(connection, payload, deadline, cancellationToken, name).ConfigureAwait(false);
            settled = true;
            return (RedisReply[])answer.Reply.Items;
        }
        finally
        {
            nearCache.InvalidateWritten(payload);
            await node.Exclusive.ReturnAsync(connection, reusable: settled).ConfigureAwait(false);
        }
    }
}
