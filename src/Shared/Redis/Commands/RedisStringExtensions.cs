namespace ShopSession.Redis;

/// <summary>Commands on keys and strings, with typed results. Failures are those of <see cref="IRedisClient"/>.</summary>
public static class RedisStringExtensions
{
    /// <summary>PING: the server answers.</summary>
    public static ValueTask PingAsync(this IRedisClient client, CancellationToken cancellationToken = default) =>
        RedisTyped.DoneAsync(client, "PING", [], cancellationToken);

    /// <summary>GET: the value, or <see langword="null"/> when the key does not exist.</summary>
    public static ValueTask<byte[]?> GetAsync(this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default) =>
        RedisTyped.BytesAsync(client, "GET", [key], cancellationToken);

    /// <summary>GET: the value as UTF-8 text, or <see langword="null"/> when the key does not exist.</summary>
    public static ValueTask<string?> GetStringAsync(this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default) =>
        RedisTyped.TextAsync(client, "GET", [key], cancellationToken);

    /// <summary>SET, with an expiry in milliseconds if one is given. An earlier expiry of the key is gone either way.</summary>
    public static ValueTask SetAsync(
        this IRedisClient client, RedisKey key, RedisArgument value, TimeSpan? expiry = null, CancellationToken cancellationToken = default) =>
        expiry is { } time
            ? RedisTyped.DoneAsync(client, "SET", [key, value, "PX", RedisDuration.Milliseconds(time)], cancellationToken)
            : RedisTyped.DoneAsync(client, "SET", [key, value], cancellationToken);

    /// <summary>SET NX PX: stores the value unless the key exists. True when it was stored.</summary>
    public static ValueTask<bool> SetIfAbsentAsync(
        this IRedisClient client, RedisKey key, RedisArgument value, TimeSpan expiry, CancellationToken cancellationToken = default) =>
        RedisTyped.TruthAsync(client, "SET", [key, value, "NX", "PX", RedisDuration.Milliseconds(expiry)], cancellationToken);

    /// <summary>DEL: true when the key existed.</summary>
    public static ValueTask<bool> DeleteAsync(this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default) =>
        RedisTyped.TruthAsync(client, "DEL", [key], cancellationToken);

    /// <summary>EXISTS.</summary>
    public static ValueTask<bool> ExistsAsync(this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default) =>
        RedisTyped.TruthAsync(client, "EXISTS", [key], cancellationToken);

    /// <summary>INCRBY: the number after adding. The key is made when it does not exist.</summary>
    public static ValueTask<long> IncrementAsync(
        this IRedisClient client, RedisKey key, long by = 1, CancellationToken cancellationToken = default) =>
        RedisTyped.NumberAsync(client, "INCRBY", [key, by], cancellationToken);

    /// <summary>PEXPIRE: true when the key exists and now ends after <paramref name="expiry"/>.</summary>
    public static ValueTask<bool> ExpireAsync(
        this IRedisClient client, RedisKey key, TimeSpan expiry, CancellationToken cancellationToken = default) =>
        RedisTyped.TruthAsync(client, "PEXPIRE", [key, RedisDuration.Milliseconds(expiry)], cancellationToken);

    /// <summary>PTTL: the time left, or <see langword="null"/> when the key does not exist or does not end.</summary>
    public static async ValueTask<TimeSpan?> TimeToLiveAsync(
        this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default)
    {
        var left = await RedisTyped.NumberAsync(client, "PTTL", [key], cancellationToken).ConfigureAwait(false);
        return left < 0 ? null : TimeSpan.FromMilliseconds(left);
    }

    /// <summary>PUBLISH: how many subscribers of this server were told (in a cluster: only those of one node are counted).</summary>
    public static ValueTask<long> PublishAsync(
        this IRedisClient client, string channel, RedisArgument message, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        return RedisTyped.NumberAsync(client, "PUBLISH", [channel, message], cancellationToken);
    }
}
