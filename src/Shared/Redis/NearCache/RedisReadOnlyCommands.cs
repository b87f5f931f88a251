using System.Collections.Frozen;

namespace ShopSession.Redis.NearCache;

/// <summary>Commands known to change nothing. All others are taken to change the keys that they name.</summary>
internal static class RedisReadOnlyCommands
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "GET", "MGET", "STRLEN", "GETRANGE", "EXISTS", "TYPE", "TTL", "PTTL", "EXPIRETIME", "PEXPIRETIME", "HGET", "HMGET", "HGETALL",
        "HEXISTS", "HLEN", "HKEYS", "HVALS", "HSTRLEN", "HSCAN", "LRANGE", "LLEN", "LINDEX", "SMEMBERS", "SISMEMBER", "SMISMEMBER", "SCARD",
        "SSCAN", "ZRANGE", "ZRANGEBYSCORE", "ZREVRANGE", "ZSCORE", "ZMSCORE", "ZCARD", "ZCOUNT", "ZRANK", "ZSCAN", "BITCOUNT", "GETBIT", "DUMP",
        "OBJECT", "MEMORY", "WATCH", "XRANGE", "XLEN", "EVAL_RO", "EVALSHA_RO", "FCALL_RO",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(RedisCommand command) => Names.Contains(command.Name);

    /// <summary>Tells of each key that the near cache may hold and that the command may change.</summary>
    public static void ForEachWritten(RedisCommand command, RedisNearCacheOptions options, Action<string> tell)
    {
        if (Contains(command)) return;
        foreach (ref readonly var argument in command.Arguments)
            if (argument.KeyName is { } key && options.Covers(key)) tell(key);
    }
}
