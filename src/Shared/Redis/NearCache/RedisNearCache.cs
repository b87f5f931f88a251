using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.NearCache;

/// <summary>The near cache of a client.</summary>
internal sealed class RedisNearCache : IRedisNearCache
{
    private readonly RedisNearCacheOptions _options;
    private readonly IRedisTrackedReader _reader;
    private readonly TimeProvider _time;
    private readonly NearCacheStore _store;
    private readonly Action<string> _invalidate;
    private readonly long _lease;
    private readonly long _maximumAge;
    private long _hits;
    private long _misses;

    public RedisNearCache(RedisNearCacheOptions options, IRedisTrackedReader reader, TimeProvider time, Meter meter, ILogger logger)
    {
        _options = options;
        _reader = reader;
        _time = time;
        _store = new NearCacheStore(options.MaxEntries, options.MaxBytes);
        _invalidate = _store.Invalidate;
        Tracking = new NearCacheTracking(_store, options, logger);
        _lease = (long)(options.Lease.TotalSeconds * time.TimestampFrequency);
        _maximumAge = (long)(options.MaximumAge.TotalSeconds * time.TimestampFrequency);
        if (options.IsEnabled) NearCacheMetrics.Register(meter, this);
    }

    public NearCacheTracking Tracking { get; }

    public bool IsTracking => _options.IsEnabled && _reader.IsTracking;

    public RedisNearCacheStatistics Statistics => new(
        Volatile.Read(ref _hits), Volatile.Read(ref _misses), Tracking.Invalidations, _store.Evictions, _store.Count, _store.Bytes);

    public bool TryGet<T>(string cacheKey, [MaybeNullWhen(false)] out T value)
    {
        // Still there at the end: what was in the reader's hand before is known by now, and might have taken it away.
        if (_store.Find(cacheKey) is { Value: T kept } entry && IsCurrent(entry) && ReferenceEquals(_store.Find(cacheKey), entry))
        {
            // Written only when it changes, so that readers on several cores do not take the line from one another.
            if (!entry.Used) entry.Used = true;
            Interlocked.Increment(ref _hits);
            value = kept;
            return true;
        }

        Interlocked.Increment(ref _misses);
        value = default;
        return false;
    }

    public ValueTask<T> GetOrReadAsync<T>(
        string cacheKey, IReadOnlyList<RedisKey> keys, RedisPipeline pipeline, Func<RedisReply[], T> parse, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cacheKey);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(parse);
        if (pipeline.Commands.Count == 0) throw new ArgumentException("The pipeline holds no command.", nameof(pipeline));
        return TryGet<T>(cacheKey, out var value)
            ? new ValueTask<T>(value)
            : ReadAndKeepAsync(cacheKey, keys, pipeline, parse, cancellationToken);
    }

    public void Invalidate(RedisKey key) => _store.Invalidate(key.Value);

    public void Invalidate(IReadOnlyList<RedisKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        for (var i = 0; i < keys.Count; i++) _store.Invalidate(keys[i].Value);
    }

    /// <summary>Forgets what own commands may have changed.</summary>
    public void InvalidateWritten(in RedisPayload payload)
    {
        if (!_options.IsEnabled) return;
        if (payload.Single is { } single) NearCacheWrites.ForEach(single, _options, _invalidate);
        for (var i = 0; i < payload.Commands.Count; i++) NearCacheWrites.ForEach(payload.Commands[i], _options, _invalidate);
    }

    /// <summary>Forgets everything, as when the cluster's keys have moved.</summary>
    public void Clear() => _store.Clear();

    private bool IsCurrent(NearCacheEntry entry)
    {
        var now = _time.GetTimestamp();
        // The last one costs a system call, and closes the gap between the arrival of a message and its turn in a busy process.
        return entry.Source.IsOpen && now - entry.Source.ConfirmedAt <= _lease && now - entry.KeptAt <= _maximumAge && !entry.Source.HasUnread;
    }

    public async ValueTask<T> ReadAndKeepAsync<T>(
        string cacheKey, IReadOnlyList<RedisKey> keys, RedisPipeline pipeline, Func<RedisReply[], T> parse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cacheKey);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(parse);
        RedisSharedConnection.Require(pipeline);
        if (CoveredNames(keys) is not { } names) return parse(await _reader.ReadAsync(pipeline, cancellationToken).ConfigureAwait(false));
        return await KeepAsync(cacheKey, names, _ => _reader.ReadTrackedAsync(keys, pipeline, cancellationToken), parse).ConfigureAwait(false);
    }

    public async ValueTask<T> WriteAndKeepAsync<T>(
        string cacheKey, IReadOnlyList<RedisKey> keys, RedisTransaction transaction, Func<RedisReply[], T> parse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cacheKey);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(parse);
        if (transaction.Commands.Count == 0) throw new ArgumentException("The transaction holds no command.", nameof(transaction));
        RedisSharedConnection.Require(transaction);
        if (CoveredNames(keys) is not { } names) return parse(await _reader.WriteAsync(transaction, cancellationToken).ConfigureAwait(false));
        return await KeepAsync(cacheKey, names, read => _reader.WriteTrackedAsync(keys, transaction, read, cancellationToken), parse).ConfigureAwait(false);
    }

    private string[]? CoveredNames(IReadOnlyList<RedisKey> keys)
    {
        if (!_options.IsEnabled || keys.Count == 0) return null;
        var names = new string[keys.Count];
        for (var i = 0; i < names.Length; i++)
            if (!_options.Covers(names[i] = keys[i].Value) || !IsText(names[i])) return null;
        return names;
    }

    // Half a surrogate pair reaches the server as a replacement character: it would tell of changes under another name.
    private static bool IsText(string name) =>
        name.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 || name == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));

    private async ValueTask<T> KeepAsync<T>(
        string cacheKey, string[] names, Func<NearCacheRead, ValueTask<(RedisReply[] Replies, RedisConnection? Source)>> send, Func<RedisReply[], T> parse)
    {
        NearCacheEntry? result = null;
        var read = _store.Begin(names);
        try
        {
            var (replies, source) = await send(read).ConfigureAwait(false);
            var value = parse(replies);
            if (value is not null && source is not null)
            {
                var size = NearCacheSize.Estimate(cacheKey, names, replies);
                result = new NearCacheEntry(cacheKey, value, names, source, size, _time.GetTimestamp());
            }

            return value;
        }
        finally
        {
            _store.End(read, result);
        }
    }
}

/// <summary>How the near cache reads.</summary>
internal interface IRedisTrackedReader
{
    /// <summary>Whether the server tracks for the connections there are.</summary>
    bool IsTracking { get; }

    ValueTask<RedisReply[]> ReadAsync(RedisPipeline pipeline, CancellationToken cancellationToken);

    /// <summary>Reads with tracking. The connection is null when the server did not track.</summary>
    ValueTask<(RedisReply[] Replies, RedisConnection? Source)> ReadTrackedAsync(
        IReadOnlyList<RedisKey> keys, RedisPipeline pipeline, CancellationToken cancellationToken);

    ValueTask<RedisReply[]> WriteAsync(RedisTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Writes, and has the transaction's reads tracked. The connection is null when the server did not track.</summary>
    ValueTask<(RedisReply[] Replies, RedisConnection? Source)> WriteTrackedAsync(
        IReadOnlyList<RedisKey> keys, RedisTransaction transaction, NearCacheRead read, CancellationToken cancellationToken);
}
