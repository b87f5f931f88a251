namespace ShopSession.Redis;

/// <summary>Commands on hashes, with typed results. Failures are those of <see cref="IRedisClient"/>.</summary>
public static class RedisHashExtensions
{
    /// <summary>HGET: the field's value, or <see langword="null"/> when there is none.</summary>
    public static async ValueTask<byte[]?> HashGetAsync(
        this IRedisClient client, RedisKey key, string field, CancellationToken cancellationToken = default)
    {
        var reply = await RedisStringExtensions.Checked(client)
            .ExecuteAsync(new RedisCommand("HGET", key, field), cancellationToken).ConfigureAwait(false);
        return reply.IsNull ? null : reply.ToArray();
    }

    /// <summary>HGETALL: all fields; empty when the key does not exist.</summary>
    public static async ValueTask<IReadOnlyDictionary<string, byte[]>> HashGetAllAsync(
        this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default)
    {
        var reply = await RedisStringExtensions.Checked(client)
            .ExecuteAsync(new RedisCommand("HGETALL", key), cancellationToken).ConfigureAwait(false);
        var items = reply.Items;
        var fields = new Dictionary<string, byte[]>(items.Count / 2, StringComparer.Ordinal);
        for (var i = 0; i + 1 < items.Count; i += 2) fields[items[i].AsString()!] = items[i + 1].ToArray();
        return fields;
    }

    /// <summary>HSET of one field: true when the field is new.</summary>
    public static async ValueTask<bool> HashSetAsync(
        this IRedisClient client, RedisKey key, string field, RedisArgument value, CancellationToken cancellationToken = default) =>
        (await RedisStringExtensions.Checked(client)
            .ExecuteAsync(new RedisCommand("HSET", key, field, value), cancellationToken).ConfigureAwait(false)).AsBoolean();

    /// <summary>HDEL of one field: true when it existed.</summary>
    public static async ValueTask<bool> HashDeleteAsync(
        this IRedisClient client, RedisKey key, string field, CancellationToken cancellationToken = default) =>
        (await RedisStringExtensions.Checked(client)
            .ExecuteAsync(new RedisCommand("HDEL", key, field), cancellationToken).ConfigureAwait(false)).AsBoolean();

    /// <summary>HINCRBY: the field's number after adding.</summary>
    public static async ValueTask<long> HashIncrementAsync(
        this IRedisClient client, RedisKey key, string field, long by = 1, CancellationToken cancellationToken = default) =>
        (await RedisStringExtensions.Checked(client)
            .ExecuteAsync(new RedisCommand("HINCRBY", key, field, by), cancellationToken).ConfigureAwait(false)).AsInt64();
}
