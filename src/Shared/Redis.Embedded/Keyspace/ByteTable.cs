using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>
/// A hash table keyed by byte strings that can do what the framework's dictionary cannot: be scanned in steps while it changes, and give
/// a random entry. Entries keep their order of insertion as long as nothing is removed. Not safe for concurrent use.
/// </summary>
internal sealed class ByteTable<TValue>
{
    private const int Minimum = 8;

    private int[] _buckets = new int[Minimum];
    private Slot[] _slots = new Slot[Minimum];
    private int _used;
    private int _free = -1;

    public int Count { get; private set; }

    /// <summary>One past the highest index that <see cref="TryGetAt"/> may find an entry at.</summary>
    public int End => _used;

    public bool Contains(ReadOnlySpan<byte> key) => IndexOf(key, BytesComparer.Hash(key)) >= 0;

    public bool TryGet(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value)
    {
        var index = IndexOf(key, BytesComparer.Hash(key));
        value = index >= 0 ? _slots[index].Value : default;
        return index >= 0;
    }

    /// <summary>Adds or replaces. <see langword="true"/>: the key is new.</summary>
    public bool Set(byte[] key, TValue value)
    {
        var hash = BytesComparer.Hash(key);
        var index = IndexOf(key, hash);
        if (index >= 0)
        {
            _slots[index].Value = value;
            return false;
        }

        if (_free < 0 && _used == _slots.Length) Resize(_slots.Length * 2);
        if (_free >= 0)
        {
            index = _free;
            _free = _slots[index].Next;
        }
        else
        {
            index = _used++;
        }

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _slots[index] = new Slot { Hash = hash, Next = bucket - 1, Key = key, Value = value };
        bucket = index + 1;
        Count++;
        return true;
    }

    public bool Remove(ReadOnlySpan<byte> key) => Remove(key, out _);

    public bool Remove(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out TValue value)
    {
        var hash = BytesComparer.Hash(key);
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        var previous = -1;
        for (var index = bucket - 1; index >= 0; previous = index, index = _slots[index].Next)
        {
            ref var slot = ref _slots[index];
            if (slot.Hash != hash || !key.SequenceEqual(slot.Key)) continue;
            if (previous < 0) bucket = slot.Next + 1;
            else _slots[previous].Next = slot.Next;
            value = slot.Value;
            slot = new Slot { Next = _free };
            _free = index;
            Count--;
            if (_slots.Length > Minimum && Count < _slots.Length / 8) Resize(_slots.Length / 4);
            return true;
        }

        value = default;
        return false;
    }

    public bool TryGetAt(int index, [MaybeNullWhen(false)] out byte[] key, [MaybeNullWhen(false)] out TValue value)
    {
        ref var slot = ref _slots[index];
        key = slot.Key;
        value = slot.Value;
        return key is not null;
    }

    public IEnumerable<KeyValuePair<byte[], TValue>> Entries()
    {
        for (var i = 0; i < _used; i++)
            if (_slots[i].Key is { } key) yield return new(key, _slots[i].Value);
    }

    /// <summary>An entry chosen with equal probability. The table must not be empty.</summary>
    public KeyValuePair<byte[], TValue> GetRandom(Random random)
    {
        // At least an eighth of the slots is taken (Remove shrinks), so this ends soon.
        while (true)
        {
            ref var slot = ref _slots[random.Next(_used)];
            if (slot.Key is not null) return new(slot.Key, slot.Value);
        }
    }

    /// <summary>
    /// Visits one bucket and returns the cursor of the next, 0 at the end. The cursor counts in reversed bits, as in Redis: an entry that
    /// is there during a whole scan is visited at least once, even when the table grows or shrinks in between.
    /// </summary>
    public ulong Scan(ulong cursor, List<KeyValuePair<byte[], TValue>> found)
    {
        var mask = (ulong)_buckets.Length - 1;
        for (var index = _buckets[cursor & mask] - 1; index >= 0; index = _slots[index].Next)
            found.Add(new(_slots[index].Key!, _slots[index].Value));
        return Reverse(Reverse(cursor | ~mask) + 1);
    }

    public void Clear()
    {
        _buckets = new int[Minimum];
        _slots = new Slot[Minimum];
        _used = Count = 0;
        _free = -1;
    }

    private int IndexOf(ReadOnlySpan<byte> key, uint hash)
    {
        for (var index = _buckets[hash & (_buckets.Length - 1)] - 1; index >= 0; index = _slots[index].Next)
            if (_slots[index].Hash == hash && key.SequenceEqual(_slots[index].Key)) return index;
        return -1;
    }

    private void Resize(int capacity)
    {
        capacity = Math.Max(Minimum, capacity);
        var (slots, used) = (new Slot[capacity], 0);
        _buckets = new int[capacity];
        for (var i = 0; i < _used; i++)
        {
            if (_slots[i].Key is null) continue;
            ref var slot = ref slots[used];
            slot = _slots[i];
            ref var bucket = ref _buckets[slot.Hash & (capacity - 1)];
            slot.Next = bucket - 1;
            bucket = ++used;
        }

        (_slots, _used, _free) = (slots, used, -1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Reverse(ulong value)
    {
        value = ((value >> 1) & 0x5555555555555555) | ((value & 0x5555555555555555) << 1);
        value = ((value >> 2) & 0x3333333333333333) | ((value & 0x3333333333333333) << 2);
        value = ((value >> 4) & 0x0F0F0F0F0F0F0F0F) | ((value & 0x0F0F0F0F0F0F0F0F) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }

    private struct Slot
    {
        public uint Hash;
        public int Next;
        public byte[]? Key;
        public TValue Value;
    }
}
