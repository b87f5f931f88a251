using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>
/// A pipeline in a cluster: its commands go to their nodes at the same time, one round trip to each, in order for each key. What a
/// node sends elsewhere is sent again by itself.
/// </summary>
internal static class RedisClusterPipeline
{
    public static async ValueTask<RedisAnswer> SendAsync(
        RedisClusterSender sender, RedisTopology topology, RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        var replies = new RedisReply[payload.Commands.Count];
        var groups = Group(topology, payload.Commands);
        if (groups.Count == 1)
        {
            var connection = await SendAsync(sender, groups[0], replies, deadline, cancellationToken).ConfigureAwait(false);
            return new RedisAnswer(RedisReply.FromItems(RedisReplyType.Array, replies), connection);
        }

        var sending = groups.Select(group => SendAsync(sender, group, replies, deadline, cancellationToken).AsTask()).ToArray();
        await ((Task)Task.WhenAll(sending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ThrowFailure(sending);
        return new RedisAnswer(RedisReply.FromItems(RedisReplyType.Array, replies), null);
    }

    // Commands without a key go where the first key goes: any node can run them.
    private static List<CommandGroup> Group(RedisTopology topology, IReadOnlyList<RedisCommand> commands)
    {
        var slots = commands.Select(static command => RedisSlot.Of(command)).ToArray();
        var home = slots.FirstOrDefault(static slot => slot != RedisSlot.None, RedisSlot.None);
        var groups = new List<CommandGroup>(1);
        for (var i = 0; i < commands.Count; i++)
        {
            var slot = slots[i] == RedisSlot.None ? home : slots[i];
            var node = topology.NodeOf(slot);
            var group = groups.Find(group => ReferenceEquals(group.Node, node));
            if (group is null) groups.Add(group = new CommandGroup(node, slot));
            group.Commands.Add(commands[i]);
            group.Places.Add(i);
        }

        return groups;
    }

    // Returns the connection when all replies came over it.
    private static async ValueTask<RedisConnection?> SendAsync(
        RedisClusterSender sender, CommandGroup group, RedisReply[] replies, long deadline, CancellationToken cancellationToken)
    {
        RedisAnswer answer;
        try
        {
            var node = group.Node ?? await sender.NodeOfAsync(group.Slot).ConfigureAwait(false);
            var payload = new RedisPayload(group.Commands, atomic: false);
            answer = await node.SendAsync(payload, deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisUnavailableException)
        {
            // None was sent: one by one to wherever the cluster has moved them.
            await ResendAsync(sender, group, replies, static _ => true, deadline, cancellationToken).ConfigureAwait(false);
            return null;
        }

        for (var i = 0; i < group.Places.Count; i++) replies[group.Places[i]] = answer.Reply.Items[i];
        var redirected = await ResendAsync(sender, group, replies, IsRedirected, deadline, cancellationToken).ConfigureAwait(false);
        return redirected ? null : answer.Connection;

        bool IsRedirected(int place) => RedisRedirection.Of(replies[place]).Kind != RedisRedirectionKind.None;
    }

    private static async ValueTask<bool> ResendAsync(
        RedisClusterSender sender, CommandGroup group, RedisReply[] replies, Func<int, bool> which, long deadline, CancellationToken cancellationToken)
    {
        var any = false;
        for (var i = 0; i < group.Places.Count; i++)
        {
            var place = group.Places[i];
            if (!which(place)) continue;
            any = true;
            var answer = await sender.SendAsync(new RedisPayload(group.Commands[i]), deadline, cancellationToken).ConfigureAwait(false);
            replies[place] = answer.Reply;
        }

        return any;
    }

    private static void ThrowFailure(Task[] sending)
    {
        var failures = sending.Where(static task => !task.IsCompletedSuccessfully).ToList();
        if (failures.Count == 0) return;
        // When nothing at all was sent, or for reasons other than the store's, the first failure tells it all.
        var first = failures[0].Exception?.InnerException;
        if (first is RedisException && (first is not RedisUnavailableException || failures.Count < sending.Length))
        {
            throw new RedisOutcomeUnknownException(
                $"{failures.Count} of {sending.Length} nodes of the Redis cluster did not answer their part of the pipeline; the other parts were executed: {first.Message}", first);
        }

        failures[0].GetAwaiter().GetResult();
    }

    private sealed class CommandGroup(RedisNode? node, int slot)
    {
        public RedisNode? Node => node;

        public int Slot => slot;

        public List<RedisCommand> Commands { get; } = [];

        public List<int> Places { get; } = [];
    }
}
