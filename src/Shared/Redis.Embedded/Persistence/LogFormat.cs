using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>
/// The log file.
/// <code>
/// header   8 bytes  "SHOPLOG2"
///          8 bytes  salt: 4 random bytes for each file, and their CRC-32C (in files of "SHOPLOG1" 8 random bytes)
/// record   4 bytes  mark, made of the salt
///          4 bytes  length of the content (little endian, as all numbers here)
///          4 bytes  CRC-32C of salt, offset of the record, length and content
///          n bytes  content (see EffectEncoder)
/// </code>
/// The mark lets a reader that has lost its way find the next record. Salt and offset are part of the checksum, so bytes that only look
/// like a record (stored inside a value by someone, or left on the disk by an older file) never pass as one. The salt proves itself, since
/// with a wrong one no record is known any more: the whole log would be taken for a torn tail.
/// </summary>
internal static class LogFormat
{
    public const int HeaderSize = 16;
    public const int RecordHeaderSize = 12;
    private const int MagicSize = 8;

    private static ReadOnlySpan<byte> Magic => "SHOPLOG2"u8;

    private static ReadOnlySpan<byte> FormerMagic => "SHOPLOG1"u8;

    /// <summary>Begins a file and returns its salt.</summary>
    public static ulong WriteHeader(Span<byte> destination)
    {
        Magic.CopyTo(destination);
        var chance = BinaryPrimitives.ReadUInt32LittleEndian(RandomNumberGenerator.GetBytes(sizeof(uint)));
        var salt = ((ulong)ProofOf(chance) << 32) | chance;
        BinaryPrimitives.WriteUInt64LittleEndian(destination[MagicSize..], salt);
        return salt;
    }

    /// <summary>Whether a file can be a log, by as much of its header as there is.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> header)
    {
        var magic = header[..Math.Min(header.Length, MagicSize)];
        return Magic.StartsWith(magic) || FormerMagic.StartsWith(magic);
    }

    /// <summary><see langword="false"/>: the header is damaged.</summary>
    public static bool TryReadSalt(ReadOnlySpan<byte> header, out ulong salt)
    {
        salt = BinaryPrimitives.ReadUInt64LittleEndian(header[MagicSize..]);
        return header.StartsWith(FormerMagic) || ProofOf((uint)salt) == (uint)(salt >> 32);
    }

    public static uint MarkOf(ulong salt) => BitOperations.Crc32C(0x4C4F4721, salt);

    public static void WriteRecordHeader(Span<byte> destination, ulong salt, long offset, ReadOnlySpan<byte> content)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, MarkOf(salt));
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Checksum(salt, offset, content));
    }

    private static uint ProofOf(uint chance) => ~BitOperations.Crc32C(~0u, chance);

    public static uint Checksum(ulong salt, long offset, ReadOnlySpan<byte> content)
    {
        var crc = BitOperations.Crc32C(BitOperations.Crc32C(~0u, salt), (ulong)offset);
        crc = BitOperations.Crc32C(crc, (uint)content.Length);
        for (; content.Length >= 8; content = content[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
        foreach (var b in content) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
