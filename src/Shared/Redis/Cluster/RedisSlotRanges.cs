using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>Which master serves which slots, as a node tells it.</summary>
/// <param name="First">The first slot.</param>
/// <param name="Last">The last slot.</param>
/// <param name="Master">The address of the master.</param>
internal readonly record struct RedisSlotRange(int First, int Last, RedisEndPoint Master)
{
    private static readonly RedisCommand Slots = new("CLUSTER", "SLOTS");

    /// <summary>Asks a node.</summary>
    /// <exception cref="RedisException">The node cannot say.</exception>
    public static async ValueTask<IReadOnlyList<RedisSlotRange>> ReadAsync(
        RedisConnection connection, RedisEndPoint asked, long deadline, CancellationToken cancellationToken)
    {
        var reply = await connection.SendAsync(new RedisPayload(Slots), deadline, cancellationToken).ConfigureAwait(false);
        return [.. reply.ThrowIfError().Items.Select(range => Parse(range, asked))];
    }

    // [first, last, [host, port, id, …], replicas…]; a host that is null or empty is the one that was asked.
    private static RedisSlotRange Parse(RedisReply range, RedisEndPoint asked)
    {
        if (range.Type != RedisReplyType.Array || range.Items.Count < 3 || range.Items[2].Type != RedisReplyType.Array || range.Items[2].Items.Count < 2)
            throw new RedisProtocolException("A node tells the map of the cluster in a form other than that of CLUSTER SLOTS.");
        var (first, last) = (range.Items[0].AsInt64(), range.Items[1].AsInt64());
        if (first < 0 || last >= RedisSlot.Count || first > last)
            throw new RedisProtocolException($"The cluster claims slots {first} to {last}; there are 0 to {RedisSlot.Count - 1}.");
        var master = range.Items[2].Items;
        var host = master[0].AsString();
        if (master[1].AsInt64() is not (> 0 and <= ushort.MaxValue and var port))
            throw new RedisProtocolException("A node tells the map of the cluster with a port that is none.");
        return new((int)first, (int)last, new RedisEndPoint(string.IsNullOrEmpty(host) || host == "?" ? asked.Host : host, (int)port));
    }
}
