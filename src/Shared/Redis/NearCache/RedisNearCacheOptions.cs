namespace ShopSession.Redis;

/// <summary>Settings of the near cache. It is off until a prefix is named.</summary>
public sealed class RedisNearCacheOptions
{
    /// <summary>Only reads of keys that begin with one of these are kept.</summary>
    public IList<string> Prefixes { get; } = [];

    /// <summary>How many entries are kept at most.</summary>
    public int MaxEntries { get; set; } = 20_000;

    /// <summary>
    /// How many bytes are kept at most, estimated from the size of the replies. What is parsed from them may take more or less.
    /// </summary>
    public long MaxBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// Nothing is served when the server's last sign of life is older than this: a change would then be unknown here for so long at
    /// most, however the connection fails. Must exceed the client's heartbeat interval, or an idle cache would be of no use.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>An entry is read anew after this time even if no change of it was heard of.</summary>
    public TimeSpan MaximumAge { get; set; } = TimeSpan.FromMinutes(5);

    internal bool IsEnabled => Prefixes.Count > 0;

    internal bool Covers(string key)
    {
        for (var i = 0; i < Prefixes.Count; i++)
            if (key.StartsWith(Prefixes[i], StringComparison.Ordinal)) return true;
        return false;
    }

    internal IEnumerable<string> Problems(RedisClientOptions client)
    {
        if (!IsEnabled) yield break;
        if (Prefixes.Any(string.IsNullOrEmpty)) yield return "Redis: NearCache.Prefixes holds an empty prefix; name the keys that may be kept.";
        if (MaxEntries < 1) yield return "Redis: NearCache.MaxEntries must be at least 1.";
        if (MaxBytes < 1) yield return "Redis: NearCache.MaxBytes must be at least 1.";
        if (MaximumAge <= TimeSpan.Zero) yield return "Redis: NearCache.MaximumAge must be more than zero.";
        if (Lease <= client.HeartbeatInterval)
            yield return $"Redis: NearCache.Lease is {Lease}; it must exceed HeartbeatInterval ({client.HeartbeatInterval}).";
    }
}
