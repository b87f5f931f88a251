using System.Collections.Frozen;

namespace ShopSession.Redis;

/// <summary>What is known of a command by its name. Nothing is said of names that are not in the table: such a command is sent, and taken to change the keys that it names.</summary>
[Flags]
internal enum RedisCommandKind
{
    None = 0,

    /// <summary>Changes no key.</summary>
    ReadOnly = 1,

    /// <summary>Looks at keys that it does not name, and may by that make the server notice that their time is over; or changes them.</summary>
    Sweeping = 2,

    /// <summary>Changes what the connection is, or has no reply of its own: on a connection that others use it would break them.</summary>
    Connection = 4,

    /// <summary>May keep the connection waiting, and with it everybody who shares it.</summary>
    Blocking = 8,

    /// <summary>Is one of the last two only with certain arguments.</summary>
    ByArgument = 16,
}

/// <summary>The table of kinds.</summary>
internal static class RedisCommandKinds
{
    private static readonly FrozenDictionary<string, RedisCommandKind> Names = Make();

    /// <summary>The kind of a command by its name, in any case.</summary>
    public static RedisCommandKind Of(string name) => Names.GetValueOrDefault(name);

    private static FrozenDictionary<string, RedisCommandKind> Make()
    {
        var kinds = new Dictionary<string, RedisCommandKind>(StringComparer.OrdinalIgnoreCase);
        Add(
            RedisCommandKind.ReadOnly,
            "GET", "MGET", "STRLEN", "GETRANGE", "EXISTS", "TYPE", "TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME", "HGET", "HMGET", "HGETALL",
            "HEXISTS", "HLEN", "HKEYS", "HVALS", "HSTRLEN", "HSCAN", "LRANGE", "LLEN", "LINDEX", "SMEMBERS", "SISMEMBER", "SMISMEMBER", "SCARD",
            "SSCAN", "ZRANGE", "ZRANGEBYSCORE", "ZREVRANGE", "ZSCORE", "ZMSCORE", "ZCARD", "ZCOUNT", "ZRANK", "ZSCAN", "BITCOUNT", "GETBIT", "DUMP",
            "OBJECT", "MEMORY", "XRANGE", "XLEN");
        Add(
            RedisCommandKind.Sweeping,
            "KEYS", "SCAN", "RANDOMKEY", "SORT", "SORT_RO", "EVAL", "EVALSHA", "EVAL_RO", "EVALSHA_RO", "FCALL", "FCALL_RO", "SWAPDB");
        Add(RedisCommandKind.ReadOnly | RedisCommandKind.Connection, "WATCH");
        Add(
            RedisCommandKind.Connection,
            "SUBSCRIBE", "UNSUBSCRIBE", "PSUBSCRIBE", "PUNSUBSCRIBE", "SSUBSCRIBE", "SUNSUBSCRIBE", "MULTI", "EXEC", "DISCARD", "UNWATCH", "SELECT", "AUTH",
            "HELLO", "RESET", "QUIT", "ASKING", "READONLY", "READWRITE", "MONITOR", "SYNC", "PSYNC", "REPLCONF");
        Add(
            RedisCommandKind.Blocking,
            "BLPOP", "BRPOP", "BLMOVE", "BLMPOP", "BRPOPLPUSH", "BZPOPMIN", "BZPOPMAX", "BZMPOP", "WAIT", "WAITAOF");
        Add(RedisCommandKind.ByArgument, "CLIENT", "XREAD", "XREADGROUP");
        return kinds.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(RedisCommandKind kind, params ReadOnlySpan<string> names)
        {
            foreach (var name in names) kinds.Add(name, kind);
        }
    }
}
