using System.Collections.Immutable;
using System.Globalization;
using ShopSession.Redis;

namespace ShopSession.Cart.Carts;

/// <summary>Reads a cart from its hash in the store, and writes the difference of two states.</summary>
/// <remarks>
/// <code>
/// v            version: at creation the time in milliseconds, so that a cart made anew never repeats one; then +1 per change
/// n            sum of the quantities, for the header's number
/// q:{product}  quantity, 1 to 99
/// i:{product}  what was seen at the last change of the line (JSON, see CartJson)
/// s:{product}  quantity put aside
/// j:{product}  what was seen when it was put aside
/// m:{hash}     what a guest cart brought (JSON); its presence means "merged"
/// o:{order}    when the lines of this order were taken out, Unix ms; its presence means "taken out"
/// f            on a guest cart that moved: "{cart} {Unix ms}"
/// r            the ids of the last changes, separated by spaces, newest last
/// </code>
/// A save writes only fields that differ. Fields this version does not know are neither read nor touched.
/// </remarks>
internal static class CartHash
{
    public const string Version = "v";
    public const string Count = "n";
    public const string Moved = "f";
    private const string Operations = "r";

    /// <summary>Reads the reply of HGETALL. Fields that cannot be read are skipped and counted in <paramref name="unreadable"/>.</summary>
    public static CartState Read(IReadOnlyList<RedisReply> reply, out int unreadable)
    {
        var reader = new CartHashReader();
        for (var i = 0; i + 1 < reply.Count; i += 2) reader.Add(reply[i].AsString()!, reply[i + 1]);
        return reader.ToState(out unreadable);
    }

    /// <summary>Reads the field <see cref="Moved"/>.</summary>
    public static CartMove? ReadMove(string? text)
    {
        var parts = text?.Split(' ');
        return parts is [var cart, var at] && CartId.TryParse(cart, out var target) && TryTime(at, out var time) ? new CartMove(target, time) : null;
    }

    internal static bool TryTime(string? text, out DateTimeOffset time)
    {
        var valid = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms < 253_402_300_800_000;
        time = valid ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : default;
        return valid;
    }

    /// <summary>The state after a change, as it will be stored: with its version and the change's operation.</summary>
    public static CartState Next(CartState before, CartState after, string operation, DateTimeOffset now) => after with
    {
        Version = before.Version == 0 ? now.ToUnixTimeMilliseconds() : before.Version + 1,
        Operations = [.. before.Operations.TakeLast(CartLimits.MaxOperations - 1), operation],
    };

    /// <summary>The commands that turn <paramref name="before"/> into <paramref name="after"/>; null when they hold the same.</summary>
    public static RedisTransaction? Difference(RedisKey key, CartState before, CartState after)
    {
        var changes = new RedisTransaction();
        WriteLines(changes, key, 'q', 'i', before.Lines, after.Lines);
        WriteLines(changes, key, 's', 'j', before.Saved, after.Saved);
        WriteMap(changes, key, "m:", before.Merges, after.Merges, CartJson.Write);
        WriteMap(changes, key, "o:", before.SettledOrders, after.SettledOrders, Milliseconds);
        if (after.Moved is { } move && before.Moved is null) changes.Add("HSET", key, Moved, $"{move.Target} {move.At.ToUnixTimeMilliseconds()}");
        return changes.Commands.Count == 0 ? null : changes;
    }

    /// <summary>Adds what every change writes: version, count, operation and expiry.</summary>
    public static void Stamp(RedisTransaction changes, RedisKey key, CartState before, CartState after, TimeSpan lifetime)
    {
        if (before.Version == 0) changes.Add("HSET", key, Version, after.Version);
        else changes.Add("HINCRBY", key, Version, 1);
        changes.Add("HSET", key, Count, after.Count, Operations, string.Join(' ', after.Operations));
        changes.Add("EXPIRE", key, (long)lifetime.TotalSeconds);
    }

    private static void WriteLines(
        RedisTransaction changes, RedisKey key, char quantity, char memo,
        ImmutableSortedDictionary<ProductId, CartLine> before, ImmutableSortedDictionary<ProductId, CartLine> after)
    {
        foreach (var gone in before.Keys.Where(product => !after.ContainsKey(product)))
        {
            changes.Add("HDEL", key, $"{quantity}:{gone}", $"{memo}:{gone}");
        }
        foreach (var (product, line) in after)
        {
            var old = before.GetValueOrDefault(product);
            if (old == line) continue;
            var step = line.Quantity - (old?.Quantity ?? 0);
            if (step != 0) changes.Add("HINCRBY", key, $"{quantity}:{product}", step);
            if (line.Memo is { } seen && seen != old?.Memo) changes.Add("HSET", key, $"{memo}:{product}", CartJson.Write(seen));
        }
    }

    private static void WriteMap<TKey, TValue>(
        RedisTransaction changes, RedisKey key, string prefix,
        ImmutableDictionary<TKey, TValue> before, ImmutableDictionary<TKey, TValue> after, Func<TValue, RedisArgument> write)
        where TKey : notnull
    {
        if (ReferenceEquals(before, after)) return;
        foreach (var gone in before.Keys.Where(name => !after.ContainsKey(name))) changes.Add("HDEL", key, $"{prefix}{gone}");
        foreach (var (name, value) in after)
        {
            if (!before.TryGetValue(name, out var old) || !EqualityComparer<TValue>.Default.Equals(old, value))
                changes.Add("HSET", key, $"{prefix}{name}", write(value));
        }
    }

    private static RedisArgument Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
