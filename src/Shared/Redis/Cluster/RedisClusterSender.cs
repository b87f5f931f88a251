using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>Sends to the node that serves the slot, and follows where nodes send it.</summary>
internal sealed class RedisClusterSender(RedisTopology topology, RedisTopologyKeeper keeper, RedisConnector connector)
{
    private const int MaxUnserved = 8;
    private static readonly RedisCommand Asking = new("ASKING");

    /// <exception cref="RedisCrossSlotException">A command or a transaction uses keys on several slots.</exception>
    public ValueTask<RedisAnswer> SendAsync(RedisPayload payload, long deadline, CancellationToken cancellationToken) =>
        payload.IsList && !payload.IsAtomic
            ? RedisClusterPipeline.SendAsync(this, topology, payload, deadline, cancellationToken)
            : SendAsync(payload, RedisSlot.Of(payload), deadline, cancellationToken);

    /// <summary>Sends one command or one transaction until a node takes it.</summary>
    public async ValueTask<RedisAnswer> SendAsync(RedisPayload payload, int slot, long deadline, CancellationToken cancellationToken)
    {
        RedisNode? asked = null;
        var unserved = 0;
        for (var attempt = 0; ; attempt++)
        {
            var node = asked ?? await NodeOfAsync(slot, deadline, cancellationToken).ConfigureAwait(false);
            var (answer, failure) = await TrySendAsync(node, payload, asked is not null, deadline, cancellationToken).ConfigureAwait(false);
            asked = null;
            if (failure is not null)
            {
                // Certainly not sent. If the cluster has a new master by now it goes there; if not, waiting would help nobody.
                await keeper.RefreshAsync(deadline, cancellationToken).ConfigureAwait(false);
                if (++unserved >= MaxUnserved || ReferenceEquals(topology.NodeOf(slot), node)) throw failure;
                continue;
            }

            var redirection = payload.IsAtomic ? RedisRedirection.OfTransaction(answer.Reply.Items) : RedisRedirection.Of(answer.Reply);
            if (redirection.Kind == RedisRedirectionKind.None) return answer;
            // A slot on its way is waited for until the time limit; a part of the cluster that is down is not.
            if (redirection.Kind == RedisRedirectionKind.Down && ++unserved >= MaxUnserved) throw redirection.NotServed();
            // A key that was given as text: its slot is known by what the node says.
            if (slot == RedisSlot.None && redirection.Kind == RedisRedirectionKind.Moved) slot = redirection.Slot;
            asked = await FollowAsync(redirection, node, payload.IsAtomic, attempt, deadline, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The node that serves a slot; asks for the map when none is known to.</summary>
    /// <exception cref="RedisUnavailableException">No node serves it.</exception>
    public async ValueTask<RedisNode> NodeOfAsync(int slot, long deadline, CancellationToken cancellationToken)
    {
        if (topology.NodeOf(slot) is { } node) return node;
        await keeper.RefreshAsync(deadline, cancellationToken).ConfigureAwait(false);
        return topology.NodeOf(slot)
            ?? throw new RedisUnavailableException($"No node of the Redis cluster serves slot {slot}; the command was not sent.");
    }

    private static async ValueTask<(RedisAnswer Answer, RedisUnavailableException? Failure)> TrySendAsync(
        RedisNode node, RedisPayload payload, bool asking, long deadline, CancellationToken cancellationToken)
    {
        try
        {
            if (!asking) return (await node.SendAsync(payload, deadline, cancellationToken).ConfigureAwait(false), null);
            var both = new RedisPayload([Asking, payload.Single!], atomic: false);
            var answer = await node.SendAsync(both, deadline, cancellationToken).ConfigureAwait(false);
            // Not a connection to keep anything by: the slot does not belong to this node yet.
            return (new RedisAnswer(answer.Reply.Items[1], null), null);
        }
        catch (RedisUnavailableException e)
        {
            return (default, e);
        }
    }

    // Returns the node to ask once, or null when the map says where to go on.
    private async ValueTask<RedisNode?> FollowAsync(
        RedisRedirection redirection, RedisNode node, bool isAtomic, int attempt, long deadline, CancellationToken cancellationToken)
    {
        var endPoint = redirection.EndPoint.Host is { Length: > 0 } ? redirection.EndPoint : redirection.EndPoint with { Host = node.EndPoint.Host };
        switch (redirection.Kind)
        {
            case RedisRedirectionKind.Moved:
                topology.Move(redirection.Slot, endPoint);
                // What moved once has often moved more. Nobody waits for the whole map here.
                _ = keeper.RefreshAsync();
                if (attempt > 2) await PauseAsync(attempt, deadline, cancellationToken).ConfigureAwait(false);
                return null;
            case RedisRedirectionKind.Ask when !isAtomic:
                return topology.Node(endPoint);
            default:
                // A transaction cannot be sent after a single key, so it waits until the slot has arrived.
                await PauseAsync(attempt, deadline, cancellationToken).ConfigureAwait(false);
                if (redirection.Kind == RedisRedirectionKind.Down) await keeper.RefreshAsync(deadline, cancellationToken).ConfigureAwait(false);
                return null;
        }
    }

    private async Task PauseAsync(int attempt, long deadline, CancellationToken cancellationToken)
    {
        if (connector.Time.GetTimestamp() >= deadline)
            throw new RedisUnavailableException("The slot of the Redis cluster is on its way between nodes; the command was not executed within the time limit.");
        var pause = TimeSpan.FromMilliseconds(Math.Min(5 * (attempt + 1), 50) * (0.5 + Random.Shared.NextDouble()));
        await Task.Delay(pause, connector.Time, cancellationToken).ConfigureAwait(false);
    }
}
