namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>A list: a ring of byte strings, constant time at both ends and by index.</summary>
internal sealed class ListValue() : RedisValue(128)
{
    private const int Overhead = MemoryMeter.ArrayOverhead + 12;
    private byte[][] _items = new byte[4][];
    private int _head;

    public override string TypeName => "list";

    public override string Encoding => "quicklist";

    public override bool IsEmpty => Count == 0;

    public int Count { get; private set; }

    public byte[] this[int index]
    {
        get => _items[Slot(index)];
        set
        {
            Resize(value.Length - _items[Slot(index)].Length);
            _items[Slot(index)] = value;
        }
    }

    public void Add(byte[] item, bool atHead)
    {
        if (Count == _items.Length) Rebuild(Count * 2);
        if (atHead) _head = (_head + _items.Length - 1) & (_items.Length - 1);
        _items[atHead ? _head : Slot(Count)] = item;
        Count++;
        Resize(Overhead + item.Length);
    }

    public byte[] Take(bool fromHead)
    {
        var slot = fromHead ? _head : Slot(Count - 1);
        var item = _items[slot];
        _items[slot] = null!;
        if (fromHead) _head = (_head + 1) & (_items.Length - 1);
        Count--;
        Resize(-(Overhead + item.Length));
        if (_items.Length > 16 && Count < _items.Length / 8) Rebuild(_items.Length / 4);
        return item;
    }

    public void Insert(int index, byte[] item)
    {
        Add(item, atHead: false);
        for (var i = Count - 1; i > index; i--) _items[Slot(i)] = _items[Slot(i - 1)];
        _items[Slot(index)] = item;
    }

    /// <summary>Removes what equals <paramref name="item"/>, at most <paramref name="limit"/> times, from the head or from the tail.</summary>
    public int RemoveAll(ReadOnlySpan<byte> item, long limit, bool fromHead)
    {
        var (kept, removed) = (new List<byte[]>(Count), 0);
        for (var i = 0; i < Count; i++)
        {
            var current = this[fromHead ? i : Count - 1 - i];
            if (removed < limit && item.SequenceEqual(current)) removed++;
            else kept.Add(current);
        }

        if (removed == 0) return 0;
        if (!fromHead) kept.Reverse();
        Resize(-(long)removed * (Overhead + item.Length));
        (_head, Count) = (0, kept.Count);
        _items = new byte[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, kept.Count))][];
        kept.CopyTo(_items);
        return removed;
    }

    public override RedisValue Copy()
    {
        var copy = new ListValue();
        for (var i = 0; i < Count; i++) copy.Add(this[i], atHead: false);
        return copy;
    }

    private int Slot(int index) => (_head + index) & (_items.Length - 1);

    private void Rebuild(int capacity)
    {
        var items = new byte[Math.Max(4, capacity)][];
        for (var i = 0; i < Count; i++) items[i] = _items[Slot(i)];
        (_items, _head) = (items, 0);
    }
}
