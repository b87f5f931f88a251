using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>Finds out what a server is.</summary>
internal static class RedisServerMode
{
    private static readonly RedisCommand Role = new("ROLE");

    public static async ValueTask<bool> IsClusterAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        if (connection.ServerMode is { } mode) return mode == "cluster";
        // RESP2 says nothing of it. A server that does not know the question is no cluster.
        var reply = await SendAsync(connection, new RedisCommand("INFO", "cluster"), cancellationToken).ConfigureAwait(false);
        return !reply.IsError && reply.AsString()!.Contains("cluster_enabled:1", StringComparison.Ordinal);
    }

    /// <summary>Of several servers that are no cluster, only the one that takes writes will do.</summary>
    /// <exception cref="RedisUnavailableException">The server is a replica.</exception>
    public static async ValueTask RequireMasterAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        var reply = (await SendAsync(connection, Role, cancellationToken).ConfigureAwait(false)).ThrowIfError();
        if (!IsMaster(reply)) throw new RedisUnavailableException($"The server is a {reply.Items[0].AsString()}; only a master takes writes.");
    }

    /// <summary>Leaves the server when it is no longer the master: it answers who only reads or listens all the same, and may hear nothing of what is written elsewhere.</summary>
    public static void StayWhileMaster(RedisConnection connection)
    {
        connection.OnReply += (RedisRequest request, in RedisReply reply) =>
        {
            if (ReferenceEquals(request.Payload.Single, Role) && !reply.IsError && !IsMaster(reply))
                connection.Leave(new RedisUnavailableException($"Redis at {connection.EndPoint} is no longer the master."));
        };
        connection.Heartbeat = Role;
    }

    private static bool IsMaster(in RedisReply answer) =>
        answer.Type == RedisReplyType.Array && answer.Items is [{ Type: RedisReplyType.BulkString or RedisReplyType.SimpleString } role, ..] && role.AsBytes().Span.SequenceEqual("master"u8);

    private static ValueTask<RedisReply> SendAsync(RedisConnection connection, RedisCommand command, CancellationToken cancellationToken) =>
        connection.SendAsync(new RedisPayload(command), long.MaxValue, cancellationToken);
}
