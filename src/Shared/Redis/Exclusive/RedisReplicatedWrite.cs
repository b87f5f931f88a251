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

    public static async ValueTask<RedisReplicatedReply> RunAsync(
        RedisRouter router, RedisNearCache nearCache, RedisTransaction transaction, int replicas, TimeSpan limit, Func<long> deadline, CancellationToken cancellationToken)
    {
        RedisKey[] keys = [.. transaction.Commands.SelectMany(static command => command.Arguments.ToArray()).Where(static argument => argument.IsKey)
            .Select(static argument => new RedisKey(argument.KeyName!))];
        var wait = new RedisCommand("WAIT", (long)replicas, RedisDuration.Milliseconds(limit));
        var payload = new RedisPayload([Multi, .. transaction.Commands, Exec, wait], atomic: false);
        var name = RedisOperationName.OfTransaction(transaction.Commands);
        var end = deadline();
        for (var attempt = 1; ; attempt++)
        {
            var node = await router.NodeForAsync(keys, "The transaction", end, cancellationToken).ConfigureAwait(false);
            var replies = await SendAsync(node, nearCache, payload, name, end, cancellationToken).ConfigureAwait(false);
            var redirection = RedisRedirection.OfTransaction(replies[..^1]);
            if (redirection.Kind == RedisRedirectionKind.None) return Read(replies);
            await router.FollowAsync(redirection, attempt, end, cancellationToken).ConfigureAwait(false);
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
