using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;

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
        var payload = new RedisPayload(new TrackedCommands(pipeline.Commands), atomic: false);
        var answer = await client.SendToAsync(node, payload, "PIPELINE", cancellationToken).ConfigureAwait(false);
        var isTracked = TrackedCommands.TryTakeReplies(answer.Reply.Items, out var replies);
        // The slot has moved: this once in the plain way, which follows.
        return Array.Exists(replies, static reply => RedisRedirection.Of(reply).Kind != RedisRedirectionKind.None)
            ? (await ReadAsync(pipeline, cancellationToken).ConfigureAwait(false), null)
            : (replies, isTracked ? answer.Connection : null);
    }
}
