using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Options;
using ShopSession.Redis.Caching;

namespace ShopSession.Redis;

/// <summary>
/// The framework's distributed cache on <see cref="IRedisClient"/>, with the key layout of Microsoft's Redis cache. Reading is one
/// round trip, and a second one for an entry with sliding expiration; writing is one. Errors of the store are thrown, never taken for a miss.
/// </summary>
public sealed class RedisDistributedCache(IRedisClient client, IOptions<RedisDistributedCacheOptions> options, TimeProvider timeProvider)
    : IBufferDistributedCache
{
    private readonly string _instance = options.Value.InstanceName;

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        var data = await ReadAsync(key, token).ConfigureAwait(false);
        return data.IsNull ? null : data.ToArray();
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var data = await ReadAsync(key, token).ConfigureAwait(false);
        if (data.IsNull) return false;
        destination.Write(data.AsBytes().Span);
        return true;
    }

    /// <inheritdoc/>
    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return WriteAsync(key, value, options, token);
    }

    /// <inheritdoc/>
    public async ValueTask SetAsync(
        string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        await WriteAsync(key, value.IsSingleSegment ? value.First : value.ToArray(), options, token).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task RefreshAsync(string key, CancellationToken token = default)
    {
        var command = new RedisCommand("HMGET", Key(key), RedisCacheEntry.AbsoluteField, RedisCacheEntry.SlidingField);
        var fields = (await client.ExecuteAsync(command, token).ConfigureAwait(false)).Items;
        await SlideAsync(key, RedisCacheEntry.Of(fields[0], fields[1]), token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string key, CancellationToken token = default) =>
        await client.ExecuteAsync(new RedisCommand("DEL", Key(key)), token).ConfigureAwait(false);

    /// <inheritdoc/>
    public byte[]? Get(string key) => BlockingCall.Run(() => GetAsync(key));

    /// <inheritdoc/>
    public bool TryGet(string key, IBufferWriter<byte> destination) => BlockingCall.Run(() => TryGetAsync(key, destination).AsTask());

    /// <inheritdoc/>
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => BlockingCall.Run(() => SetAsync(key, value, options));

    /// <inheritdoc/>
    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) =>
        BlockingCall.Run(() => SetAsync(key, value, options).AsTask());

    /// <inheritdoc/>
    public void Refresh(string key) => BlockingCall.Run(() => RefreshAsync(key));

    /// <inheritdoc/>
    public void Remove(string key) => BlockingCall.Run(() => RemoveAsync(key));

    private RedisKey Key(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new RedisKey(_instance + key);
    }

    private async ValueTask<RedisReply> ReadAsync(string key, CancellationToken token)
    {
        var command = new RedisCommand(
            "HMGET", Key(key), RedisCacheEntry.AbsoluteField, RedisCacheEntry.SlidingField, RedisCacheEntry.DataField);
        var fields = (await client.ExecuteAsync(command, token).ConfigureAwait(false)).Items;
        if (!fields[2].IsNull) await SlideAsync(key, RedisCacheEntry.Of(fields[0], fields[1]), token).ConfigureAwait(false);
        return fields[2];
    }

    private async ValueTask SlideAsync(string key, RedisCacheEntry entry, CancellationToken token)
    {
        if (!entry.IsSliding || entry.TimeLeft(timeProvider.GetUtcNow()) is not { } left) return;
        // Past its absolute end by this clock while the server still has it: it goes now rather than living on.
        var command = left > TimeSpan.Zero
            ? new RedisCommand("PEXPIRE", Key(key), RedisDuration.Milliseconds(left))
            : new RedisCommand("DEL", Key(key));
        await client.ExecuteAsync(command, token).ConfigureAwait(false);
    }

    private async Task WriteAsync(string key, ReadOnlyMemory<byte> value, DistributedCacheEntryOptions options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(options);
        var now = timeProvider.GetUtcNow();
        var entry = RedisCacheEntry.Of(options, now);
        var name = Key(key);
        var transaction = new RedisTransaction().Add(
            "HSET", name, RedisCacheEntry.AbsoluteField, entry.AbsoluteTicks, RedisCacheEntry.SlidingField, entry.SlidingTicks,
            RedisCacheEntry.DataField, value);
        // Without an end of its own the entry must not inherit that of the one before.
        if (entry.TimeLeft(now) is { } left) transaction.Add("PEXPIRE", name, RedisDuration.Milliseconds(left));
        else transaction.Add("PERSIST", name);
        foreach (var reply in await client.ExecuteAsync(transaction, token).ConfigureAwait(false)) reply.ThrowIfError();
    }
}
