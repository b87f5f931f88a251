namespace ShopSession.Redis.NearCache;

/// <summary>What the client's own commands may change. A command that is not known to only read is taken to change the keys that it names.</summary>
internal static class NearCacheWrites
{
    /// <summary>Tells of each key that the near cache may hold and that the command may change.</summary>
    public static void ForEach(RedisCommand command, RedisNearCacheOptions options, Action<string> tell)
    {
        if ((command.Kind & RedisCommandKind.ReadOnly) == 0) ForEachKey(command, options, tell);
    }

    /// <summary>
    /// Tells of each key that the command may have changed, by its reply: also of those that an own read did not find. When their time was over, that read made the server remove them, and the
    /// server tells a client that does not want to hear of its own changes nothing of it, neither then nor of what others do to the key later.
    /// </summary>
    public static void ForEach(RedisCommand command, in RedisReply reply, RedisNearCacheOptions options, Action<string> tell)
    {
        if ((command.Kind & RedisCommandKind.ReadOnly) == 0 || TellsOfNothing(reply) || MissesOne(command, reply)) ForEachKey(command, options, tell);
    }

    // The two that look at several keys at once: a null in the place of one that is not there, a count that falls short.
    private static bool MissesOne(RedisCommand command, in RedisReply reply)
    {
        if (command.Arguments.Length < 2) return false;
        return reply.Type switch
        {
            RedisReplyType.Integer => reply.AsInt64() < command.Arguments.Length && string.Equals(command.Name, "EXISTS", StringComparison.OrdinalIgnoreCase),
            RedisReplyType.Array => string.Equals(command.Name, "MGET", StringComparison.OrdinalIgnoreCase) && reply.Items.Any(static item => item.IsNull),
            _ => false,
        };
    }

    // As the many read commands say that there is no key, or may say so.
    private static bool TellsOfNothing(in RedisReply reply)
    {
        switch (reply.Type)
        {
            case RedisReplyType.Null or RedisReplyType.Error:
                return true;
            case RedisReplyType.Integer or RedisReplyType.Boolean:
                return reply.AsInt64() <= 0;
            case RedisReplyType.Array or RedisReplyType.Set or RedisReplyType.Map:
                // Nothing but nothing in it, as of HMGET; or the cursor of a SCAN and nothing else.
                for (var i = 0; i < reply.Items.Count; i++)
                    if (!TellsOfNothing(reply.Items[i])) return false;
                return true;
            case RedisReplyType.BulkString or RedisReplyType.SimpleString:
                var text = reply.AsBytes().Span;
                return text.IsEmpty || text.SequenceEqual("0"u8) || text.SequenceEqual("none"u8);
            default:
                return false;
        }
    }

    private static void ForEachKey(RedisCommand command, RedisNearCacheOptions options, Action<string> tell)
    {
        foreach (ref readonly var argument in command.Arguments)
            if (argument.KeyName is { } key && options.Covers(key)) tell(key);
    }
}
