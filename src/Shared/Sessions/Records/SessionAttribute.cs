using System.Buffers.Binary;
using System.Text;

namespace ShopSession.Sessions;

/// <summary>An attribute's plain form in the store: its name's length (2 bytes, little endian), its name (UTF-8), its value.</summary>
internal static class SessionAttribute
{
    public const int MaxNameBytes = 1024;

    public static byte[] Pack(string name, ReadOnlySpan<byte> value)
    {
        var nameLength = Encoding.UTF8.GetByteCount(name);
        var packed = new byte[2 + nameLength + value.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(packed, (ushort)nameLength);
        Encoding.UTF8.GetBytes(name, packed.AsSpan(2));
        value.CopyTo(packed.AsSpan(2 + nameLength));
        return packed;
    }

    public static (string Name, byte[] Value)? Unpack(ReadOnlySpan<byte> packed)
    {
        if (packed.Length < 2) return null;
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(packed);
        if (packed.Length < 2 + nameLength) return null;
        return (Encoding.UTF8.GetString(packed.Slice(2, nameLength)), packed[(2 + nameLength)..].ToArray());
    }
}
