namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>A byte string that compares by its content, for the framework's collections.</summary>
internal readonly struct ByteKey(byte[] bytes) : IEquatable<ByteKey>, IComparable<ByteKey>
{
    public byte[] Bytes { get; } = bytes;

    public bool Equals(ByteKey other) => Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is ByteKey other && Equals(other);

    public override int GetHashCode() => (int)BytesComparer.Hash(Bytes);

    public int CompareTo(ByteKey other) => Bytes.AsSpan().SequenceCompareTo(other.Bytes);
}
