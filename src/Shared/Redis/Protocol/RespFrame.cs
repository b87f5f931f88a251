namespace ShopSession.Redis.Protocol;

/// <summary>An aggregate whose items are still arriving.</summary>
internal sealed class RespFrame(byte kind, int expected)
{
    // Grown as items arrive: the announced number alone allocates little.
    private const int FirstCapacity = 256;

    private RedisReply[] _items = expected == 0 ? [] : new RedisReply[Math.Min(expected, FirstCapacity)];
    private int _count;

    public byte Kind => kind;

    /// <summary>Adds an item; true when it was the last one.</summary>
    public bool Add(in RedisReply item)
    {
        if (_count == _items.Length) Array.Resize(ref _items, (int)Math.Min(expected, _items.Length * 2L));
        _items[_count++] = item;
        return _count == expected;
    }

    public RedisReply ToReply() => RedisReply.FromItems(
        kind switch
        {
            (byte)'%' => RedisReplyType.Map,
            (byte)'~' => RedisReplyType.Set,
            _ => RedisReplyType.Array,
        },
        _items);
}
