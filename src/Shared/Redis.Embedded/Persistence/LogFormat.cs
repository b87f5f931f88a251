using System.Buffers.Binary;
using System.Numerics;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>
/// The log file.
/// <code>
/// header   8 bytes  "SHOPLOG1"
///          8 bytes  salt, random for each file
/// record   4 bytes  mark, made of the salt
///          4 bytes  length of the content (little endian, as all numbers here)
///          4 bytes  CRC-32C of salt, offset of the record, length and content
///          n bytes  content (see EffectEncoder)
/// </code>
/// The mark lets a reader that has lost its way find the next record. Salt and offset are part of the checksum, so bytes that only look
/// like a record (stored inside a value by someone, or left on the disk by an older file) never pass as one.
/// </summary>
internal static class LogFormat
{
    public const int HeaderSize = 16;
    public const int RecordHeaderSize = 12;
    public const int MaximumContent = int.MaxValue - 1024;

    public static ReadOnlySpan<byte> Magic => "SHOPLOG1"u8;

    public static uint MarkOf(ulong salt) => BitOperations.Crc32C(0x4C4F4721, salt);

    public static void WriteRecordHeader(Span<byte> destination, ulong salt, long offset, ReadOnlySpan<byte> content)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, MarkOf(salt));
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Checksum(salt, offset, content));
    }

    public static uint Checksum(ulong salt, long offset, ReadOnlySpan<byte> content)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(~0u, salt), (ulong)offset);
        crc = BitOperations.Crc32C(crc, (uint)content.Length);
        for (; content.Length >= 8; content = content[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
        foreach (var b in content) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
