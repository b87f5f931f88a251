namespace ShopSession.Redis;

/// <summary>
/// Keeps commands off a connection that others use too, where they would break it for all: after a SUBSCRIBE or CLIENT REPLY the replies
/// of later commands would reach the wrong callers, after a MULTI other callers' commands would run in a transaction that is not
/// theirs, after a SELECT in a foreign database; and a BLPOP would let everybody wait. Each has a way of its own here, which the refusal names.
/// </summary>
internal static class RedisSharedConnection
{
    /// <exception cref="NotSupportedException">The command cannot be sent over a shared connection.</exception>
    public static void Require(RedisCommand command)
    {
        if (command.Kind >= RedisCommandKind.Connection) Refuse(command, RedisCommandKind.Connection | RedisCommandKind.Blocking);
    }

    /// <exception cref="NotSupportedException">One of the commands cannot be sent over a shared connection.</exception>
    public static void Require(RedisCommandList commands)
    {
        for (var i = 0; i < commands.Commands.Count; i++) Require(commands.Commands[i]);
    }

    /// <summary>For a connection that one caller has for a time: it may block, but must be given back as it was.</summary>
    /// <exception cref="NotSupportedException">The command would change the connection for its next user.</exception>
    public static void RequireExclusive(RedisCommand command)
    {
        if (command.Kind >= RedisCommandKind.Connection) Refuse(command, RedisCommandKind.Connection);
    }

    private static void Refuse(RedisCommand command, RedisCommandKind refused)
    {
        var kind = (command.Kind & RedisCommandKind.ByArgument) == 0 ? command.Kind : ByArgument(command);
        if ((kind & refused) == 0) return;
        var name = command.Name.ToUpperInvariant();
        var why = (kind & RedisCommandKind.Blocking) != 0
            ? "may wait, and with it everybody who shares the connection"
            : "changes the connection that all callers share";
        throw new NotSupportedException($"{name} {why}; it was not sent. {Instead(name)}");
    }

    private static RedisCommandKind ByArgument(RedisCommand command)
    {
        if (!string.Equals(command.Name, "CLIENT", StringComparison.OrdinalIgnoreCase))
            return MayBlock(command.Arguments) ? RedisCommandKind.Blocking : RedisCommandKind.None;
        var changes = command.Arguments.Length > 0
            && (command.Arguments[0].IsText("REPLY") || command.Arguments[0].IsText("TRACKING") || command.Arguments[0].IsText("CACHING"));
        return changes ? RedisCommandKind.Connection : RedisCommandKind.None;
    }

    // Behind the names of the group and the consumer, and up to those of the streams, which may be anything.
    private static bool MayBlock(ReadOnlySpan<RedisArgument> arguments)
    {
        if (arguments.Length >= 3 && arguments[0].IsText("GROUP")) arguments = arguments[3..];
        foreach (ref readonly var argument in arguments)
        {
            if (argument.IsText("STREAMS")) return false;
            if (argument.IsText("BLOCK")) return true;
        }

        return false;
    }

    private static string Instead(string name) => name switch
    {
        "SUBSCRIBE" or "UNSUBSCRIBE" => $"Use {nameof(IRedisClient.SubscribeAsync)}, and dispose of the subscription.",
        "PSUBSCRIBE" or "PUNSUBSCRIBE" => $"Use {nameof(IRedisClient.SubscribePatternAsync)}, and dispose of the subscription.",
        "SSUBSCRIBE" or "SUNSUBSCRIBE" => $"Use {nameof(IRedisClient.SubscribeAsync)} and PUBLISH: they reach all nodes of a cluster.",
        "MULTI" or "EXEC" or "DISCARD" => $"Use {nameof(RedisTransaction)}.",
        "WATCH" or "UNWATCH" => $"Use {nameof(IRedisClient.WatchAsync)}.",
        "SELECT" => "Name the database in the connection string (defaultDatabase=…), and make a client for each.",
        "AUTH" or "HELLO" => "User, password and protocol belong in the connection string.",
        "WAIT" or "WAITAOF" => $"Use {nameof(IRedisClient.ExecuteReplicatedAsync)}.",
        "ASKING" or "READONLY" or "READWRITE" => "The client finds its way in a cluster by itself, and reads from masters.",
        "QUIT" or "RESET" => "Dispose of the client.",
        "CLIENT" => $"Tracking is set up with {nameof(RedisClientOptions.NearCache)}; every command is answered.",
        "MONITOR" or "SYNC" or "PSYNC" or "REPLCONF" => "Use a connection of another tool, for example redis-cli.",
        _ => "Use the form that does not block, or publish a message when there is something to take.",
    };
}
