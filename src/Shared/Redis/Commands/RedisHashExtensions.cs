namespace ShopSession.Redis;

/// <summary>Commands on hashes, with typed results. Failures are those of <see cref="IRedisClient"/>.</summary>
public static class RedisHashExtensions
{
    /// <summary>HGET: the field's value, or <see langword="null"/> when there is none.</summary>
    public static ValueTask<byte[]?> HashGetAsync(
        this IRedisClient client, RedisKey key, string field, CancellationToken cancellationToken = default) =>
        RedisTyped.BytesAsync(client, "HGET", [key, field], cancellationToken);

    /// <summary>HGETALL: all fields; empty when the key does not exist.</summary>
    public static async ValueTask<IReadOnlyDictionary<string, byte[]>> HashGetAllAsync(
        this IRedisClient client, RedisKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var reply = await client.ExecuteAsync(new RedisCommand("HGETALL", key), cancellationToken).ConfigureAwait(false);
        var items = reply.Items;
        var fields = new Dictionary<string, byte[]>(items.Count / 2, StringComparer.Ordinal);
        for (var i = 0; i + 1 < items.Count; i += 2) fields[items[i].AsString()!] = items[i + 1].TakeBytes() ?? [];
        return fields;
    }

    /// <summary>HSET of one field: true when the field is new.</summary>
    public static ValueTask<bool> HashSetAsync(
        this IRedisClient client, RedisKey key, string field, RedisArgument value, CancellationToken cancellationToken = default) =>
        RedisTyped.TruthAsync(client, "HSET", [key, field, value], cancellationToken);

    /// <summary>HDEL of one field: true when it existed.</summary>
    public static ValueTask<bool> HashDeleteAsync(
        this IRedisClient client, RedisKey key, string field, CancellationToken cancellationToken = default) =>
        RedisTyped.TruthAsync(client, "HDEL", [key, field], cancellationToken);

    /// <summary>HINCRBY: the field's number after adding.</summary>
    public static ValueTask<long> HashIncrementAsync(
        this IRedisClient client, RedisKey key, string field, long by = 1, CancellationToken cancellationToken = default) =>
        RedisTyped.NumberAsync(client, "HINCRBY", [key, field, by], cancellationToken);
}
