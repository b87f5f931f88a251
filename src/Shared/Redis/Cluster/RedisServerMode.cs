using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>Finds out what a server is.</summary>
internal static class RedisServerMode
{
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
        var reply = await SendAsync(connection, new RedisCommand("ROLE"), cancellationToken).ConfigureAwait(false);
        var role = reply.ThrowIfError().Items[0].AsString();
        if (role != "master") throw new RedisUnavailableException($"The server is a {role}; only a master takes writes.");
    }

    private static ValueTask<RedisReply> SendAsync(RedisConnection connection, RedisCommand command, CancellationToken cancellationToken) =>
        connection.SendAsync(new RedisPayload(command), long.MaxValue, cancellationToken);
}
