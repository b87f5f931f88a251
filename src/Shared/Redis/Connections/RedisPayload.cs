using ShopSession.Redis.NearCache;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>What one request sends: a command; or several, as they are or between MULTI and EXEC.</summary>
internal readonly struct RedisPayload
{
    private static readonly RedisCommand Track = new("CLIENT", "CACHING", "YES");
    private static readonly RedisCommand Multi = new("MULTI");
    private static readonly RedisCommand Exec = new("EXEC");

    private readonly RedisCommand? _command;
    private readonly IReadOnlyList<RedisCommand>? _commands;
    private readonly bool _atomic;

    public RedisPayload(RedisCommand command) => _command = command;

    public RedisPayload(IReadOnlyList<RedisCommand> commands, bool atomic)
    {
        _commands = commands;
        _atomic = atomic;
    }

    public RedisCommand? Single => _command;

    public IReadOnlyList<RedisCommand> Commands => _commands ?? [];

    public bool IsAtomic => _atomic;

    public bool IsList => _commands is not null;

    public bool AnsweredByPush { get; init; }

    /// <summary>What the near cache is to keep of a transaction's reads; the server is told to track them, and answers that first.</summary>
    public NearCacheRead? Keeps { get; init; }

    /// <summary>How many replies the server will send.</summary>
    public int ReplyCount => _commands is null ? 1 : _commands.Count + (_atomic ? 2 : 0) + (Keeps is null ? 0 : 1);

    public void WriteTo(OutputBuffer buffer)
    {
        if (_command is not null)
        {
            buffer.Write(_command);
            return;
        }

        if (Keeps is not null) buffer.Write(Track);
        if (_atomic) buffer.Write(Multi);
        for (var i = 0; i < _commands!.Count; i++) buffer.Write(_commands[i]);
        if (_atomic) buffer.Write(Exec);
    }
}
