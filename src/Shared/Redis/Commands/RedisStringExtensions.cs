namespace ShopSession.Redis;

/// <summary>Commands on keys and strings, with typed results. Failures are those of <see cref="IRedisClient"/>.</summary>
public static class RedisStringExtensions
{
    private static readonly RedisCommand PingCommand = new("PING");

    /// <summary>PING: the server answers.</summary>
    public static async ValueTask PingAsync(this IRedisClient client, CancellationToken cancellationToken = default) =>
        await Checked(client).ExecuteAsync(PingCommand, cancellationToken).ConfigureAwait(false);

    /// <summary>GET: the value, or <see langword="null"/> when the key does not exist.</summary>
    public static async ValueTask<byte[]?> GetAsync(this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default)
    {
        var reply = await Checked(client).ExecuteAsync(new RedisCommand("GET", key), cancellationToken).ConfigureAwait(false);
        return reply.IsNull ? null : reply.ToArray();
    }

    /// <summary>GET: the value as UTF-8 text, or <see langword="null"/> when the key does not exist.</summary>
    public static async ValueTask<string?> GetStringAsync(this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default) =>
        (await Checked(client).ExecuteAsync(new RedisCommand("GET", key), cancellationToken).ConfigureAwait(false)).AsString();

    /// <summary>SET, with an expiry in milliseconds if one is given. An earlier expiry of the key is gone either way.</summary>
    public static async ValueTask SetAsync(
        this IRedisClient client, RedisKey key, RedisArgument value, TimeSpan? expiry = null, CancellationToken cancellationToken = default)
    {
        var command = expiry is { } time
            ? new RedisCommand("SET", key, value, "PX", RedisDuration.Milliseconds(time))
            : new RedisCommand("SET", key, value);
        await Checked(client).ExecuteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>SET NX PX: stores the value unless the key exists. True when it was stored.</summary>
    public static async ValueTask<bool> SetIfAbsentAsync(
        this IRedisClient client, RedisKey key, RedisArgument value, TimeSpan expiry, CancellationToken cancellationToken = default)
    {
        var command = new RedisCommand("SET", key, value, "NX", "PX", RedisDuration.Milliseconds(expiry));
        return !(await Checked(client).ExecuteAsync(command, cancellationToken).ConfigureAwait(false)).IsNull;
    }

    /// <summary>DEL: true when the key existed.</summary>
    public static async ValueTask<bool> DeleteAsync(this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default) =>
        (await Checked(client).ExecuteAsync(new RedisCommand("DEL", key), cancellationToken).ConfigureAwait(false)).AsBoolean();

    /// <summary>EXISTS.</summary>
    public static async ValueTask<bool> ExistsAsync(this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default) =>
        (await Checked(client).ExecuteAsync(new RedisCommand("EXISTS", key), cancellationToken).ConfigureAwait(false)).AsBoolean();

    /// <summary>INCRBY: the number after adding. The key is made when it does not exist.</summary>
    public static async ValueTask<long> IncrementAsync(
        this IRedisClient client, RedisKey key, long by = 1, CancellationToken cancellationToken = default) =>
        (await Checked(client).ExecuteAsync(new RedisCommand("INCRBY", key, by), cancellationToken).ConfigureAwait(false)).AsInt64();

    /// <summary>PEXPIRE: true when the key exists and now ends after <paramref name="expiry"/>.</summary>
    public static async ValueTask<bool> ExpireAsync(
        this IRedisClient client, RedisKey key, TimeSpan expiry, CancellationToken cancellationToken = default)
    {
        var command = new RedisCommand("PEXPIRE", key, RedisDuration.Milliseconds(expiry));
        return (await Checked(client).ExecuteAsync(command, cancellationToken).ConfigureAwait(false)).AsBoolean();
    }

    /// <summary>PTTL: the time left, or <see langword="null"/> when the key does not exist or does not end.</summary>
    public static async ValueTask<TimeSpan?> TimeToLiveAsync(
        this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default)
    {
        var left = (await Checked(client).ExecuteAsync(new RedisCommand("PTTL", key), cancellationToken).ConfigureAwait(false)).AsInt64();
        return left < 0 ? null : TimeSpan.FromMilliseconds(left);
    }

    /// <summary>PUBLISH: how many subscribers of this server were told (in a cluster: only those of one node are counted).</summary>
    public static async ValueTask<long> PublishAsync(
        this IRedisClient client, string channel, RedisArgument message, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        return (await Checked(client).ExecuteAsync(new RedisCommand("PUBLISH", channel, message), cancellationToken).ConfigureAwait(false)).AsInt64();
    }

    internal static IRedisClient Checked(IRedisClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client;
    }
}
