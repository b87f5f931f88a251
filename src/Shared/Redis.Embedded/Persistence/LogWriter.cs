using System.Buffers;
using Microsoft.Win32.SafeHandles;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Persistence;

/// <summary>Appends records to one log file. A write that failed is repeated at the same place, so no half record stays in between.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly ulong _salt;
    private readonly ByteBuffer _pending = new(64 * 1024);
    private long _written;
    private volatile bool _isSynchronised = true;

    private LogWriter(SafeFileHandle handle, ulong salt, long length)
    {
        (_handle, _salt, _written) = (handle, salt, length);
    }

    /// <summary>The file's length with what has not been written yet.</summary>
    public long Length => _written + _pending.Length;

    public int Pending => _pending.Length;

    public bool IsSynchronised => _isSynchronised;

    public static LogWriter Create(string path)
    {
        var handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[LogFormat.HeaderSize];
        var salt = LogFormat.WriteHeader(header);
        try
        {
            RandomAccess.Write(handle, header, 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        return new LogWriter(handle, salt, LogFormat.HeaderSize);
    }

    /// <summary>Goes on after the last whole record of a file that was read.</summary>
    public static LogWriter Continue(SafeFileHandle handle, ulong salt, long length) => new(handle, salt, length);

    public void Append(ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[LogFormat.RecordHeaderSize];
        LogFormat.WriteRecordHeader(header, _salt, Length, content);
        _pending.Append(header);
        _pending.Append(content);
        if (_pending.Overflowed) throw new StoreDataException("More than 2 GB wait for the log; the store ends rather than write a log that cannot be read.");
    }

    public void Write()
    {
        if (_pending.Length == 0) return;
        try
        {
            RandomAccess.Write(_handle, _pending.Span, _written);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // How the runtime tells that the file would be larger than the file system or a limit of the process allows.
            throw new IOException(e.Message, e);
        }

        _written += _pending.Length;
        _isSynchronised = false;
        if (_pending.Length > 4 * 1024 * 1024) ArrayPool<byte>.Shared.Return(_pending.Detach().Array!);
        else _pending.Truncate(0);
    }

    /// <summary>Brings what was written to the disk. May be called on another thread while more is written.</summary>
    public void Synchronise()
    {
        // Set first: a write that happens meanwhile makes it unsynchronised again.
        _isSynchronised = true;
        try
        {
            RandomAccess.FlushToDisk(_handle);
        }
        catch
        {
            _isSynchronised = false;
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();
}
