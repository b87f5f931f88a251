using ShopSession.Redis.Connections;
using ShopSession.Redis.NearCache;

namespace ShopSession.Redis.Telemetry;

/// <summary>
/// What an operation is called: the command's name; for several sent together <c>PIPELINE</c> or <c>MULTI</c>, followed by the name of
/// the commands where all have the same.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="BatchSize">How many commands the caller gave.</param>
/// <param name="IsTransaction">Whether an error among the replies means that nothing was executed.</param>
/// <param name="Script">The digest or the name of the script that is run; it says nothing of keys or values.</param>
internal readonly record struct RedisOperationName(string Name, int BatchSize, bool IsTransaction = false, string? Script = null)
{
    public static RedisOperationName Of(in RedisPayload payload)
    {
        if (payload.Single is { } single) return new(single.Name, 1, Script: ScriptOf(single));
        // What the near cache adds in front of each command is not the caller's.
        var commands = payload.Commands is TrackedCommands tracked ? tracked.Asked : payload.Commands;
        return payload.IsAtomic ? OfTransaction(commands) : new(Join("PIPELINE", commands), commands.Count);
    }

    public static RedisOperationName OfTransaction(IReadOnlyList<RedisCommand> commands) => new(Join("MULTI", commands), commands.Count, IsTransaction: true);

    private static string Join(string kind, IReadOnlyList<RedisCommand> commands)
    {
        for (var i = 1; i < commands.Count; i++)
            if (!string.Equals(commands[i].Name, commands[0].Name, StringComparison.OrdinalIgnoreCase)) return kind;
        return commands.Count == 0 ? kind : $"{kind} {commands[0].Name}";
    }

    private static string? ScriptOf(RedisCommand command) =>
        command.Name is "EVALSHA" or "EVALSHA_RO" or "FCALL" or "FCALL_RO" && command.Arguments.Length > 0 ? command.Arguments[0].Text : null;
}
