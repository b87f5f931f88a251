namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>A sorted set: scores by member and members by score.</summary>
internal sealed class SortedSetValue() : RedisValue(900)
{
    private const int Overhead = MemoryMeter.SlotOverhead + MemoryMeter.ArrayOverhead + 8 + 80;
    private bool _isLarge;

    public ByteTable<double> Scores { get; } = new();

    public SkipList Order { get; } = new();

    public override string TypeName => "zset";

    /// <summary>Whether Redis would still hold it in its compact form, a list in order.</summary>
    public bool IsCompact => !_isLarge;

    public override string Encoding => _isLarge ? "skiplist" : "listpack";

    public override bool IsEmpty => Scores.Count == 0;

    public int Count => Scores.Count;

    /// <summary><see langword="true"/>: the member is new.</summary>
    public bool Set(byte[] member, double score)
    {
        // There is one zero.
        if (score == 0) score = 0;
        var exists = Scores.TryGet(member, out var old);
        if (exists && old == score) return false;
        if (exists) Order.Remove(member, old);
        else Resize(Overhead + member.Length);
        Scores.Set(member, score);
        Order.Insert(member, score);
        _isLarge |= Scores.Count > 128 || member.Length > 64;
        return !exists;
    }

    public bool Remove(ReadOnlySpan<byte> member)
    {
        if (!Scores.Remove(member, out var score)) return false;
        Order.Remove(member, score);
        Resize(-(Overhead + member.Length));
        return true;
    }

    public override RedisValue Copy()
    {
        var copy = new SortedSetValue { _isLarge = _isLarge };
        foreach (var (member, score) in Scores.Entries()) copy.Set(member, score);
        return copy;
    }
}
