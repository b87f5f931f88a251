using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>A set of byte strings.</summary>
internal sealed class SetValue() : RedisValue(160)
{
    private const int Overhead = MemoryMeter.SlotOverhead + MemoryMeter.ArrayOverhead;
    private bool _isGeneral;

    public ByteTable<bool> Members { get; } = new();

    public override string TypeName => "set";

    public override string Encoding => _isGeneral ? "hashtable" : "intset";

    public override bool IsEmpty => Members.Count == 0;

    public int Count => Members.Count;

    public bool Add(byte[] member)
    {
        if (!Members.Set(member, true)) return false;
        Resize(Overhead + member.Length);
        _isGeneral |= Members.Count > 512 || !Numbers.TryParseInt64(member, out _);
        return true;
    }

    public bool Remove(ReadOnlySpan<byte> member)
    {
        if (!Members.Remove(member)) return false;
        Resize(-(Overhead + member.Length));
        return true;
    }

    public override RedisValue Copy()
    {
        var copy = new SetValue { _isGeneral = _isGeneral };
        foreach (var (member, _) in Members.Entries()) copy.Add(member);
        return copy;
    }
}
