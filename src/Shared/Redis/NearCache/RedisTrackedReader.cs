using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;
using ShopSession.Redis.Exclusive;

namespace ShopSession.Redis.NearCache;

/// <summary>
/// Reads and writes for the near cache over the client's connections. What was certainly not executed at the node that serves the keys goes the plain way within the same time limit: that one
/// follows where the slots have moved, and nothing of it is kept.
/// </summary>
internal sealed class RedisTrackedReader(RedisClient client) : IRedisTrackedReader
{
    public bool IsTracking => client.IsTracking;

    public ValueTask<RedisReply[]> ReadAsync(RedisPipeline pipeline, CancellationToken cancellationToken) =>
        client.ExecuteAsync(pipeline, cancellationToken);

    public async ValueTask<(RedisReply[] Replies, RedisConnection? Source)> ReadTrackedAsync(
        IReadOnlyList<RedisKey> keys, RedisPipeline pipeline, CancellationToken cancellationToken)
    {
        var deadline = client.Deadline;
        // The first read of a process may come before its connection; whether to track is known only then.
        if (await client.FindTrackingNodeAsync(keys, deadline, cancellationToken).ConfigureAwait(false) is { } node)
        {
            var payload = new RedisPayload(new TrackedCommands(pipeline.Take()), atomic: false);
            if (await TrySendAsync(client.SendToAsync(node, payload, deadline, cancellationToken)).ConfigureAwait(false) is { } answer)
            {
                var isTracked = TrackedCommands.TryTakeReplies(answer.Reply.Items, out var replies);
                if (!Array.Exists(replies, IsRedirected)) return (replies, isTracked ? answer.Connection : null);
            }
        }

        return (await client.ExecuteAsync(pipeline, deadline, cancellationToken).ConfigureAwait(false), null);
    }

    public ValueTask<RedisReply[]> WriteAsync(RedisTransaction transaction, CancellationToken cancellationToken) =>
        client.ExecuteAsync(transaction, cancellationToken);

    public async ValueTask<(RedisReply[] Replies, RedisConnection? Source)> WriteTrackedAsync(
        IReadOnlyList<RedisKey> keys, RedisTransaction transaction, NearCacheRead read, CancellationToken cancellationToken)
    {
        var deadline = client.Deadline;
        if (await client.FindTrackingNodeAsync(keys, deadline, cancellationToken).ConfigureAwait(false) is { } node)
        {
            var payload = new RedisPayload(transaction.Take(), atomic: true) { Keeps = read };
            if (await TrySendAsync(client.SendWriteAsync(node, payload, deadline, cancellationToken)).ConfigureAwait(false) is { } answer)
            {
                var isTracked = !answer.Reply.Items[0].IsError;
                RedisReply[] replies = [.. answer.Reply.Items.Skip(1)];
                // Where a slot has moved the server has discarded the transaction.
                if (!Array.Exists(replies, IsRedirected))
                    return (RedisTransactionReply.ReadUnwatched(RedisReply.FromItems(RedisReplyType.Array, replies)), isTracked ? answer.Connection : null);
            }
        }

        return (await client.ExecuteAsync(transaction, deadline, cancellationToken).ConfigureAwait(false), null);
    }

    private static bool IsRedirected(RedisReply reply) => RedisRedirection.Of(reply).Kind != RedisRedirectionKind.None;

    // Null: it was certainly not executed.
    private async ValueTask<RedisAnswer?> TrySendAsync(ValueTask<RedisAnswer> sending)
    {
        try
        {
            return await sending.ConfigureAwait(false);
        }
        catch (RedisUnavailableException) when (client.IsCluster)
        {
            return null;
        }
    }
}
