using System.Buffers.Binary;

namespace ShopSession.Sessions;

// Version 1: 0: version · 1: flags · 2…9: created, Unix ms · 10…17: absolute end, Unix ms · 18…21: idle, s · 22…29: ordinal; little endian.
// Version 2: 0: version · 1: flags · 2…7: created, Unix ms, little endian · in 7-bit groups: ms from created to the absolute end, idle in s, ordinal.
// A later version may append to version 2 or use more flags: readers ignore that, and write it again with what they read.
public sealed partial record SessionBirth
{
    private const int FirstLength = 30;
    private const int CreatedEnd = 8;
    private const byte PersistentFlag = 1;
    private const long MaxUnixMilliseconds = 253_402_300_799_999;

    internal byte[] ToBytes(int version = PayloadVersion)
    {
        // What a later version made stays of that version: this one could not say what it leaves out.
        if (Version > PayloadVersion) version = Version;
        if (version == 1) return ToFirstVersion();
        using var bytes = new MemoryStream(24);
        using var writer = new BinaryWriter(bytes);
        writer.Write((byte)version);
        writer.Write((byte)(UnknownFlags | (IsPersistent ? PersistentFlag : 0)));
        Span<byte> created = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(created, CreatedAt.ToUnixTimeMilliseconds());
        writer.Write(created[..6]);
        writer.Write7BitEncodedInt64(AbsoluteEnd.ToUnixTimeMilliseconds() - CreatedAt.ToUnixTimeMilliseconds());
        writer.Write7BitEncodedInt64((long)IdleTimeout.TotalSeconds);
        writer.Write7BitEncodedInt64(Ordinal);
        writer.Write(Tail.Span);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads what this build or one before it wrote, and the known part of what a later one wrote. A record that was tampered with is no session, never an exception.</summary>
    internal static SessionBirth? FromBytes(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [] or [0, ..] => null,
        [1, ..] => FromFirstVersion(bytes),
        _ => FromSecondVersion(bytes),
    };

    private static SessionBirth? FromSecondVersion(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= CreatedEnd) return null;
        Span<byte> created = stackalloc byte[8];
        created.Clear();
        bytes[2..CreatedEnd].CopyTo(created);
        var rest = bytes[CreatedEnd..].ToArray();
        using var reader = new BinaryReader(new MemoryStream(rest));
        try
        {
            var from = BinaryPrimitives.ReadInt64LittleEndian(created);
            var birth = Make(bytes[0], bytes[1], from, from + reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
            return birth is null ? null : birth with { Tail = rest.AsMemory((int)reader.BaseStream.Position) };
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            return null;
        }
    }

    private static SessionBirth? FromFirstVersion(ReadOnlySpan<byte> bytes) => bytes.Length < FirstLength
        ? null
        : Make(
            bytes[0],
            bytes[1],
            BinaryPrimitives.ReadInt64LittleEndian(bytes[2..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[10..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[22..]));

    private static SessionBirth? Make(byte version, byte flags, long created, long end, long idle, long ordinal)
    {
        // Bounds of DateTimeOffset.
        if (created is < 0 or > MaxUnixMilliseconds || end is < 0 or > MaxUnixMilliseconds || idle is <= 0 or > int.MaxValue) return null;
        var from = DateTimeOffset.FromUnixTimeMilliseconds(created);
        var to = DateTimeOffset.FromUnixTimeMilliseconds(end);
        return new SessionBirth(from, to, TimeSpan.FromSeconds(idle), (flags & PersistentFlag) != 0, ordinal)
        {
            Version = version,
            UnknownFlags = (byte)(flags & ~PersistentFlag),
        };
    }

    private byte[] ToFirstVersion()
    {
        var bytes = new byte[FirstLength];
        bytes[0] = 1;
        bytes[1] = IsPersistent ? PersistentFlag : (byte)0;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), CreatedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(10), AbsoluteEnd.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), (int)IdleTimeout.TotalSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(22), Ordinal);
        return bytes;
    }
}
