using System.Diagnostics.CodeAnalysis;

namespace ShopSession.Redis;

/// <summary>
/// Results of reads, kept in this process until the server says that a key they were made from has changed (RESP3 client tracking).
/// Bounded; safe for concurrent use. Where the server does not offer tracking every read goes to the server.
/// </summary>
/// <remarks>
/// What is promised: after a change anywhere an entry is gone as soon as the server's message arrives, and within
/// <see cref="RedisNearCacheOptions.Lease"/> even when messages are lost; a change made through this client is seen by every read
/// that starts after it has returned, if its keys were given as <see cref="RedisKey"/>. A key's expiry is reported when the server removes the key, which can be later than its end, and not at
/// all when a command of this client made the server notice: who relies on an end must keep it in the value and check it.
/// </remarks>
public interface IRedisNearCache
{
    /// <summary>Whether reads are kept at the moment: switched on, and the server tracks for the current connection.</summary>
    bool IsTracking { get; }

    /// <summary>Counts since the start.</summary>
    RedisNearCacheStatistics Statistics { get; }

    /// <summary>Takes a kept value. Touches neither the network nor the heap.</summary>
    /// <typeparam name="T">The type that was kept; another one is a miss.</typeparam>
    /// <param name="cacheKey">The name that the value was kept under.</param>
    /// <param name="value">The value; shared by all callers, so it must be immutable.</param>
    bool TryGet<T>(string cacheKey, [MaybeNullWhen(false)] out T value);

    /// <summary>
    /// Takes a kept value, or reads it in one round trip and keeps it unless a key has changed meanwhile. Results that are
    /// <see langword="null"/>, come from error replies or from keys outside the prefixes are not kept: names of nothing, which anybody
    /// can make up, must not push out what is used.
    /// </summary>
    /// <typeparam name="T">What is kept: an immutable object.</typeparam>
    /// <param name="cacheKey">The name to keep it under; the same name must always stand for the same read.</param>
    /// <param name="keys">All keys that the result depends on. In a cluster they must share a slot.</param>
    /// <param name="pipeline">The commands that read; the list must not change until the call has ended.</param>
    /// <param name="parse">Makes the result of the replies, one per command, which may be errors. Called at most once, quickly.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<T> GetOrReadAsync<T>(
        string cacheKey, IReadOnlyList<RedisKey> keys, RedisPipeline pipeline, Func<RedisReply[], T> parse, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="GetOrReadAsync"/> after a miss of <see cref="TryGet"/>: always reads, and counts neither hit nor miss.</summary>
    ValueTask<T> ReadAndKeepAsync<T>(
        string cacheKey, IReadOnlyList<RedisKey> keys, RedisPipeline pipeline, Func<RedisReply[], T> parse, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes keys in a transaction that also reads them, and keeps what its replies tell: the state after the change, so that the next read needs no round trip. What another client changes later is
    /// heard of as after a read.
    /// </summary>
    /// <typeparam name="T">What is kept: an immutable object.</typeparam>
    /// <param name="cacheKey">The name to keep it under.</param>
    /// <param name="keys">All keys that the result depends on. In a cluster they must share a slot.</param>
    /// <param name="transaction">The commands; those that read must come after those that change.</param>
    /// <param name="parse">Makes the result of the replies, one per command, which may be errors; <see langword="null"/> is not kept. Called at most once, quickly.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<T> WriteAndKeepAsync<T>(
        string cacheKey, IReadOnlyList<RedisKey> keys, RedisTransaction transaction, Func<RedisReply[], T> parse, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets what was made from the key, and keeps reads that are under way from being kept. The client does this itself after
    /// every command of its own that is not known to only read; call it for changes that it cannot know of.
    /// </summary>
    void Invalidate(RedisKey key);

    /// <inheritdoc cref="Invalidate(RedisKey)"/>
    void Invalidate(IReadOnlyList<RedisKey> keys);
}

/// <summary>Counts of a near cache since its start, and its size now.</summary>
/// <param name="Hits">Reads that were served from it.</param>
/// <param name="Misses">Reads that were not.</param>
/// <param name="Invalidations">Changed keys that the server reported; a flush counts as one.</param>
/// <param name="Evictions">Entries that were dropped to keep the bounds.</param>
/// <param name="Entries">Entries now.</param>
/// <param name="Bytes">Estimated bytes now.</param>
public readonly record struct RedisNearCacheStatistics(long Hits, long Misses, long Invalidations, long Evictions, int Entries, long Bytes)
{
    /// <summary>The share of hits in all reads, from 0 to 1.</summary>
    public double HitRatio => Hits + Misses == 0 ? 0 : (double)Hits / (Hits + Misses);
}
