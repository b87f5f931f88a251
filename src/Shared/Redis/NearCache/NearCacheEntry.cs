using ShopSession.Redis.Connections;

namespace ShopSession.Redis.NearCache;

/// <summary>A kept value. The links and the key list belong to the store's lock; the rest does not change, but for the mark of use.</summary>
internal sealed class NearCacheEntry(string cacheKey, object value, string[] keys, RedisConnection source, long size, long keptAt)
{
    public string CacheKey => cacheKey;

    public object Value => value;

    public string[] Keys => keys;

    /// <summary>The connection that the server reports changes through.</summary>
    public RedisConnection Source => source;

    public long Size => size;

    public long KeptAt => keptAt;

    /// <summary>Set by readers without the lock: a second chance when room is needed.</summary>
    public bool Used { get; set; }

    public NearCacheEntry? Older { get; set; }

    public NearCacheEntry? Newer { get; set; }
}

/// <summary>A read under way. Told when one of its keys changes before its result is kept. What can change belongs to the store's lock.</summary>
internal sealed class NearCacheRead(string[] keys)
{
    public string[] Keys => keys;

    /// <summary>One of the keys changed, by what the server has said so far: a read that the server executed later has seen it.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>Something happened whose place in the server's order is unknown: the result is not kept.</summary>
    public bool IsVoid { get; set; }
}
