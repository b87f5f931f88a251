using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>Reads a log from its start. Tells the end of what a crash tore off from damage in the middle.</summary>
internal sealed class LogReader
{
    private const int Window = 1024 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly uint _mark;
    private byte[] _buffer = new byte[Window];
    private long _bufferOffset;
    private int _bufferLength;

    public LogReader(SafeFileHandle handle, string path)
    {
        (_handle, _path, Length) = (handle, path, RandomAccess.GetLength(handle));
        var header = ReadAt(0, LogFormat.HeaderSize);
        if (header.Length < LogFormat.HeaderSize || !LogFormat.IsHeader(header))
            throw new StoreDataException($"{path} is not a log of this store (it does not begin with SHOPLOG2). Move it away, or name another directory with --dir.");
        if (!LogFormat.TryReadSalt(header, out var salt))
            throw new StoreDataException($"{path} is damaged in its first {LogFormat.HeaderSize} bytes, without which no record can be read. Restore the file from a backup, or move it away to begin with nothing.");
        Salt = salt;
        _mark = LogFormat.MarkOf(Salt);
        Offset = LogFormat.HeaderSize;
    }

    public ulong Salt { get; }

    public long Length { get; }

    /// <summary>Where the next record starts: after the last whole one.</summary>
    public long Offset { get; private set; }

    /// <summary>The next record's content, valid until the next call. <see langword="false"/>: no whole record follows.</summary>
    /// <exception cref="StoreDataException">What follows is damaged, and whole records come after it.</exception>
    public bool TryRead(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (Offset == Length) return false;
        if (TryReadAt(Offset, out content))
        {
            Offset += LogFormat.RecordHeaderSize + content.Length;
            return true;
        }

        if (FindRecordAfter(Offset) is not { } next) return false;
        throw new StoreDataException(
            $"{_path} is damaged at offset {Offset}: the record there is not whole, yet whole ones follow from offset {next}. " +
            "Restore the file from a backup, or start once with --repair to go on with what comes before the damage (the damaged file is kept beside it).")
        {
            CanBeCut = true,
        };
    }

    private bool TryReadAt(long offset, out ReadOnlySpan<byte> content)
    {
        content = default;
        var header = ReadAt(offset, LogFormat.RecordHeaderSize);
        if (header.Length < LogFormat.RecordHeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(header) != _mark) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (length < 0 || length > Length - offset - LogFormat.RecordHeaderSize) return false;
        content = ReadAt(offset + LogFormat.RecordHeaderSize, length);
        return content.Length == length && LogFormat.Checksum(Salt, offset, content) == checksum;
    }

    private long? FindRecordAfter(long damaged)
    {
        Span<byte> mark = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(mark, _mark);
        for (var offset = damaged + 1; Length - offset >= LogFormat.RecordHeaderSize;)
        {
            var window = ReadAt(offset, (int)Math.Min(Window, Length - offset));
            var at = window.IndexOf(mark);
            if (at < 0)
            {
                // The mark may lie across two windows.
                offset += Math.Max(1, window.Length - mark.Length + 1);
                continue;
            }

            if (TryReadAt(offset + at, out _)) return offset + at;
            offset += at + 1;
        }

        return null;
    }

    private ReadOnlySpan<byte> ReadAt(long offset, int count)
    {
        if (offset < _bufferOffset || offset + count > _bufferOffset + _bufferLength)
        {
            if (_buffer.Length < count) _buffer = new byte[count];
            _bufferOffset = offset;
            _bufferLength = 0;
            int read;
            while (_bufferLength < _buffer.Length && (read = RandomAccess.Read(_handle, _buffer.AsSpan(_bufferLength), offset + _bufferLength)) > 0) _bufferLength += read;
        }

        var start = (int)(offset - _bufferOffset);
        return _buffer.AsSpan(start, Math.Min(count, _bufferLength - start));
    }
}
