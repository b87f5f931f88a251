using System.Buffers;

namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>
/// Cuts a client's byte stream into commands. Keeps its place between calls, so a command that arrives in many pieces is not read again
/// from its start. What an announcement promises is never allocated in advance: memory grows with the bytes that really came.
/// </summary>
internal sealed class CommandReader(ProtocolLimits limits, MemoryBudget budget)
{
    private const int InitialBuffer = 4 * 1024;
    private const int ArgumentOverhead = 32;
    private const int MaximumHeader = 64 * 1024;

    private readonly List<byte[]> _arguments = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
    private int _start;
    private int _end;
    private int _remaining;
    private int _bulkLength = -1;
    private long _reserved;
    private long _argumentBytes;

    /// <summary>Until a client has authenticated, only commands of the size of AUTH and HELLO are read.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>Free room to receive into, at least a few kilobytes.</summary>
    public Memory<byte> GetReceiveMemory()
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (_buffer.Length > 256 * 1024 && _bulkLength < 0) Replace(InitialBuffer);
        }
        else if (_start > 0 && _buffer.Length - _end < InitialBuffer / 2)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_buffer.Length - _end < InitialBuffer / 4) Replace((int)Math.Min(_buffer.Length * 2L, limits.MaxBulkBytes + MaximumHeader + 1024L));
        return _buffer.AsMemory(_end);
    }

    public void Received(int count)
    {
        _end += count;
        Reserve();
    }

    /// <summary>The next whole command, or <see langword="null"/> when more bytes are needed. Empty lines are skipped.</summary>
    /// <exception cref="ProtocolException">The stream is not RESP or exceeds a limit.</exception>
    public byte[][]? TryRead()
    {
        while (true)
        {
            if (_remaining == 0)
            {
                if (!TryReadHeader(out var inline)) return null;
                if (inline is { Length: > 0 }) return inline;
                if (_remaining == 0) continue;
            }

            while (_remaining > 0)
                if (!TryReadBulk()) return null;
            var command = _arguments.ToArray();
            _arguments.Clear();
            if (_arguments.Capacity > 1024) _arguments.Capacity = 0;
            _argumentBytes = 0;
            Reserve();
            return command;
        }

        bool TryReadHeader(out byte[][]? inline)
        {
            inline = null;
            if (_start == _end) return false;
            if (_buffer[_start] != (byte)'*') return InlineCommand.TryRead(ref _start, _buffer.AsSpan(_start, _end - _start), out inline);
            if (!TryReadLine("too big mbulk count string", out var line)) return false;
            if (!Numbers.TryParseInt64(line[1..], out var count) || count > limits.MaxArguments)
                throw new ProtocolException("Protocol error: invalid multibulk length");
            if (count > 10 && !IsAuthenticated) throw new ProtocolException("Protocol error: unauthenticated multibulk length");
            _remaining = (int)Math.Max(0, count);
            return true;
        }
    }

    /// <summary>Gives the memory back; the reader must not be used afterwards.</summary>
    public void Release()
    {
        _start = _end = 0;
        _argumentBytes = 0;
        Reserve();
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _arguments.Clear();
    }

    private bool TryReadBulk()
    {
        if (_bulkLength < 0)
        {
            if (!TryReadLine("too big bulk count string", out var line)) return false;
            if (line.IsEmpty || line[0] != (byte)'$')
                throw new ProtocolException($"Protocol error: expected '$', got '{(line.IsEmpty ? ' ' : Printable(line[0]))}'");
            if (!Numbers.TryParseInt64(line[1..], out var length) || length < 0 || length > limits.MaxBulkBytes)
                throw new ProtocolException("Protocol error: invalid bulk length");
            if (length > 16384 && !IsAuthenticated) throw new ProtocolException("Protocol error: unauthenticated bulk length");
            _bulkLength = (int)length;
        }

        if (_end - _start < _bulkLength + 2) return false;

        var argument = _bulkLength == 0 ? [] : _buffer.AsSpan(_start, _bulkLength).ToArray();
        _start += _bulkLength + 2;
        _bulkLength = -1;
        _remaining--;
        _arguments.Add(argument);
        _argumentBytes += argument.Length + ArgumentOverhead;
        return true;
    }

    private bool TryReadLine(string tooLong, out ReadOnlySpan<byte> line)
    {
        var available = _buffer.AsSpan(_start, _end - _start);
        var length = available.IndexOf((byte)'\n');
        if (length < 0)
        {
            line = default;
            return available.Length > MaximumHeader ? throw new ProtocolException("Protocol error: " + tooLong) : false;
        }

        _start += length + 1;
        line = available[..(length > 0 && available[length - 1] == (byte)'\r' ? length - 1 : length)];
        return true;
    }

    private void Reserve()
    {
        // Small buffers are bounded by the limit on connections; the budget is about the large ones.
        var bytes = _end - _start + _argumentBytes;
        var wanted = bytes <= InitialBuffer ? 0 : bytes;
        if (wanted == _reserved) return;
        if (!budget.TryChange(wanted - _reserved))
            throw new ProtocolException("Protocol error: too much unprocessed input, the store's memory for unfinished commands is used up");
        _reserved = wanted;
    }

    private void Replace(int capacity)
    {
        var replacement = ArrayPool<byte>.Shared.Rent(capacity);
        _buffer.AsSpan(_start, _end - _start).CopyTo(replacement);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = replacement;
        (_start, _end) = (0, _end - _start);
    }

    private static char Printable(byte value) => value is >= 32 and < 127 ? (char)value : '?';
}
