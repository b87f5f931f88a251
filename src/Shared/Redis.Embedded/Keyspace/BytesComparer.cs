using System.Runtime.InteropServices;

namespace ShopSession.Redis.Embedded.Keyspace;

/// <summary>Equality and hashing of byte strings.</summary>
internal sealed class BytesComparer : IEqualityComparer<byte[]>
{
    public static BytesComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x is null ? y is null : y is not null && x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj) => (int)Hash(obj);

    /// <summary>
    /// Keys come from outside, so the hash must not be predictable: string hashing is keyed per process (Marvin), and it takes any
    /// 16-bit units. An odd last byte is mixed in after it.
    /// </summary>
    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (uint)string.GetHashCode(MemoryMarshal.Cast<byte, char>(bytes));
        return (bytes.Length & 1) == 0 ? hash : (hash ^ (bytes[^1] + 0x9E3779B9u)) * 0x85EBCA6Bu;
    }
}
