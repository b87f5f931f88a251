using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>
/// A pipeline in a cluster: its commands go to their nodes at the same time, one round trip to each, in order for each key. What a
/// node sends elsewhere is sent again by itself; so while a slot moves, a command with several keys may run after later ones of the same pipeline.
/// </summary>
internal static class RedisClusterPipeline
{
    public static async ValueTask<RedisAnswer> SendAsync(
        RedisClusterSender sender, RedisTopology topology, RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        var replies = new ReplyList(payload.Commands.Count);
        var groups = Group(topology, payload.Commands);
        var sending = groups.Select(group => SendAsync(sender, group, replies, deadline, cancellationToken).AsTask()).ToArray();
        await ((Task)Task.WhenAll(sending)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ThrowFailure(sending, replies);
        var connection = sending.Length == 1 ? await sending[0].ConfigureAwait(false) : null;
        return new RedisAnswer(RedisReply.FromItems(RedisReplyType.Array, replies.Items), connection);
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

    // Fills in the replies of what was executed, and returns the connection when all came over it.
    private static async ValueTask<RedisConnection?> SendAsync(
        RedisClusterSender sender, CommandGroup group, ReplyList replies, long deadline, CancellationToken cancellationToken)
    {
        RedisAnswer answer;
        try
        {
            var node = group.Node ?? await sender.NodeOfAsync(group.Slot, deadline, cancellationToken).ConfigureAwait(false);
            var payload = new RedisPayload(group.Commands, atomic: false);
            answer = await node.SendAsync(payload, deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (RedisUnavailableException)
        {
            // None was sent: one by one to wherever the cluster has moved them.
            await ResendAsync(sender, group, replies, deadline, cancellationToken).ConfigureAwait(false);
            return null;
        }

        for (var i = 0; i < group.Places.Count; i++)
        {
            // What was sent elsewhere was not executed.
            var reply = answer.Reply.Items[i];
            if (RedisRedirection.Of(reply).Kind == RedisRedirectionKind.None) replies.Set(group.Places[i], reply);
        }

        var isRedirected = await ResendAsync(sender, group, replies, deadline, cancellationToken).ConfigureAwait(false);
        return isRedirected ? null : answer.Connection;
    }

    // Sends what has no reply yet, one by one; true when there was any.
    private static async ValueTask<bool> ResendAsync(
        RedisClusterSender sender, CommandGroup group, ReplyList replies, long deadline, CancellationToken cancellationToken)
    {
        var any = false;
        for (var i = 0; i < group.Places.Count; i++)
        {
            var place = group.Places[i];
            if (replies.Has(place)) continue;
            any = true;
            var answer = await sender.SendAsync(new RedisPayload(group.Commands[i]), deadline, cancellationToken).ConfigureAwait(false);
            replies.Set(place, answer.Reply);
        }

        return any;
    }

    private static void ThrowFailure(Task[] sending, ReplyList replies)
    {
        var failures = sending.Where(static task => !task.IsCompletedSuccessfully).Select(static task => task.Exception?.InnerException).ToList();
        if (failures.Count == 0) return;
        // "Certainly not executed" can be said only when it is so of all of it.
        var isNothingExecuted = replies.Executed == 0 && failures.Count == sending.Length && failures.TrueForAll(static failure => failure is RedisUnavailableException);
        if (!isNothingExecuted && failures.Find(static failure => failure is RedisException) is { } first)
        {
            throw new RedisOutcomeUnknownException(
                $"Of the pipeline's {replies.Items.Length} commands {replies.Executed} were executed, the others have no reply: {first.Message}", first);
        }

        sending.First(static task => !task.IsCompletedSuccessfully).GetAwaiter().GetResult();
    }

    // A reply may be null itself, so it is noted which have come. Each group has places of its own.
    private sealed class ReplyList(int count)
    {
        private readonly bool[] _has = new bool[count];

        public RedisReply[] Items { get; } = new RedisReply[count];

        public int Executed => _has.Count(static has => has);

        public bool Has(int place) => _has[place];

        public void Set(int place, in RedisReply reply)
        {
            Items[place] = reply;
            _has[place] = true;
        }
    }

    private sealed class CommandGroup(RedisNode? node, int slot)
    {
        public RedisNode? Node => node;

        public int Slot => slot;

        public List<RedisCommand> Commands { get; } = [];

        public List<int> Places { get; } = [];
    }
}
