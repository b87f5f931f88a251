namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>A hash: fields and their values.</summary>
internal sealed class HashValue() : RedisValue(160)
{
    private const int Overhead = MemoryMeter.SlotOverhead + (2 * MemoryMeter.ArrayOverhead);
    private bool _isLarge;

    public ByteTable<byte[]> Fields { get; } = new();

    public override string TypeName => "hash";

    public override string Encoding => _isLarge ? "hashtable" : "listpack";

    public override bool IsEmpty => Fields.Count == 0;

    /// <summary><see langword="true"/>: the field is new.</summary>
    public bool Set(byte[] field, byte[] value)
    {
        var previous = Fields.TryGet(field, out var old) ? old.Length : -1;
        Fields.Set(field, value);
        Resize(previous < 0 ? Overhead + field.Length + value.Length : value.Length - previous);
        _isLarge |= Fields.Count > 512 || field.Length > 64 || value.Length > 64;
        return previous < 0;
    }

    public bool Remove(ReadOnlySpan<byte> field)
    {
        if (!Fields.Remove(field, out var value)) return false;
        Resize(-(Overhead + field.Length + value.Length));
        return true;
    }

    public override RedisValue Copy()
    {
        var copy = new HashValue { _isLarge = _isLarge };
        foreach (var (field, value) in Fields.Entries()) copy.Set(field, value);
        return copy;
    }
}
