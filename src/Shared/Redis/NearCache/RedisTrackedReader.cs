using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;
using ShopSession.Redis.Exclusive;

namespace ShopSession.Redis.NearCache;

/// <summary>Reads for the near cache over the client's connections.</summary>
internal sealed class RedisTrackedReader(RedisClient client) : IRedisTrackedReader
{
    public bool IsTracking => client.IsTracking;

    public ValueTask<RedisReply[]> ReadAsync(RedisPipeline pipeline, CancellationToken cancellationToken) =>
        client.ExecuteAsync(pipeline, cancellationToken);

    public async ValueTask<(RedisReply[] Replies, RedisConnection? Source)> ReadTrackedAsync(
        IReadOnlyList<RedisKey> keys, RedisPipeline pipeline, CancellationToken cancellationToken)
    {
        // The first read of a process may come before its connection; whether to track is known only then.
        if (await client.FindTrackingNodeAsync(keys, cancellationToken).ConfigureAwait(false) is not { } node)
            return (await ReadAsync(pipeline, cancellationToken).ConfigureAwait(false), null);
        var payload = new RedisPayload(new TrackedCommands(pipeline.Take()), atomic: false);
        var answer = await client.SendToAsync(node, payload, cancellationToken).ConfigureAwait(false);
        var isTracked = TrackedCommands.TryTakeReplies(answer.Reply.Items, out var replies);
        // The slot has moved: this once in the plain way, which follows.
        return Array.Exists(replies, static reply => RedisRedirection.Of(reply).Kind != RedisRedirectionKind.None)
            ? (await ReadAsync(pipeline, cancellationToken).ConfigureAwait(false), null)
            : (replies, isTracked ? answer.Connection : null);
    }

    public ValueTask<RedisReply[]> WriteAsync(RedisTransaction transaction, CancellationToken cancellationToken) =>
        client.ExecuteAsync(transaction, cancellationToken);

    public async ValueTask<(RedisReply[] Replies, RedisConnection? Source)> WriteTrackedAsync(
        IReadOnlyList<RedisKey> keys, RedisTransaction transaction, NearCacheRead read, CancellationToken cancellationToken)
    {
        if (await client.FindTrackingNodeAsync(keys, cancellationToken).ConfigureAwait(false) is not { } node)
            return (await WriteAsync(transaction, cancellationToken).ConfigureAwait(false), null);
        var payload = new RedisPayload(transaction.Take(), atomic: true) { Keeps = read };
        var answer = await client.SendWriteAsync(node, payload, cancellationToken).ConfigureAwait(false);
        var isTracked = !answer.Reply.Items[0].IsError;
        RedisReply[] replies = [.. answer.Reply.Items.Skip(1)];
        // The slot has moved, so the server has discarded the transaction: this once in the plain way, which follows.
        if (Array.Exists(replies, static reply => RedisRedirection.Of(reply).Kind != RedisRedirectionKind.None))
            return (await WriteAsync(transaction, cancellationToken).ConfigureAwait(false), null);
        var executed = RedisTransactionReply.Read(RedisReply.FromItems(RedisReplyType.Array, replies))
            ?? throw new RedisProtocolException("EXEC was answered with null although no key is watched.");
        return (executed, isTracked ? answer.Connection : null);
    }
}
