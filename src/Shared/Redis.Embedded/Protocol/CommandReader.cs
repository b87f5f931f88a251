using System.Buffers;

namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>
/// Cuts a client's byte stream into commands. Keeps its place between calls, so a command that arrives in many pieces is not read again
/// from its start. What an announcement promises is never allocated in advance: memory grows with the bytes that really came.
/// What it holds counts against the budget as it is: the buffer with its free room, arguments of the unfinished command, and those of
/// whole commands until <see cref="Executed"/>. A buffer that was needed for something large is not kept for what is small.
/// </summary>
internal sealed class CommandReader(ProtocolLimits limits, ClientMemory memory)
{
    private const int InitialBuffer = 4 * 1024;

    // A buffer of up to this size is kept without being counted: those are bounded by the limit on connections.
    private const int UncountedBuffer = 16 * 1024;
    private const int ArgumentOverhead = 32;
    private const int MaximumHeader = 64 * 1024;
    private const int MinimumRoom = 1024;
    private const int LargestPooled = 1024 * 1024;

    private readonly List<byte[]> _arguments = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
    private int _start;
    private int _end;
    private int _remaining;
    private int _bulkLength = -1;
    private long _reserved;
    private long _argumentBytes;
    private long _commandBytes;

    /// <summary>Until a client has authenticated, only commands of the size of AUTH and HELLO are read.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>Free room to receive into, at least a kilobyte. To be asked for when <see cref="TryRead"/> has found nothing more.</summary>
    public Memory<byte> GetReceiveMemory() => _buffer.AsMemory(_end);

    public void Received(int count) => _end += count;

    /// <summary>The next whole command, or <see langword="null"/> when more bytes are needed; there is room for them then. Empty lines are skipped.</summary>
    /// <exception cref="ProtocolException">The stream is not RESP or exceeds a limit.</exception>
    public byte[][]? TryRead()
    {
        var command = Read();
        if (command is null) MakeRoom();
        return TryReserve()
            ? command
            : throw new ProtocolException("Protocol error: too much unprocessed input, the store's memory for unfinished commands is used up");
    }

    /// <summary>The commands that were read have been executed: what they held no longer counts.</summary>
    public void Executed()
    {
        _commandBytes = 0;
        TryReserve();
    }

    private byte[][]? Read()
    {
        while (true)
        {
            if (_remaining == 0)
            {
                if (!TryReadHeader(out var inline)) return null;
                if (inline is { Length: > 0 })
                {
                    _commandBytes += inline.Sum(a => (long)a.Length + ArgumentOverhead);
                    return inline;
                }

                if (_remaining == 0) continue;
            }

            while (_remaining > 0)
                if (!TryReadBulk()) return null;
            var command = _arguments.ToArray();
            _arguments.Clear();
            if (_arguments.Capacity > 1024) _arguments.Capacity = 0;
            _commandBytes += _argumentBytes;
            _argumentBytes = 0;
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
        GiveBack();
        _buffer = [];
        _arguments.Clear();
        _argumentBytes = _commandBytes = 0;
        TryReserve();
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
        if (_argumentBytes > limits.MaxCommandBytes)
            throw new ProtocolException($"Protocol error: a command of more than {limits.MaxCommandBytes} bytes");
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

    private bool TryReserve()
    {
        var held = (_buffer.Length > UncountedBuffer ? _buffer.Length : 0) + _argumentBytes + _commandBytes;
        var wanted = held <= InitialBuffer ? 0 : held;
        if (wanted == _reserved) return true;
        if (!memory.TryChange(wanted - _reserved)) return false;
        _reserved = wanted;
        return true;
    }

    /// <summary>Moves what is left to the front of a buffer of the right size: twice as large as what is there, never larger than the argument that comes.</summary>
    private void MakeRoom()
    {
        var left = _end - _start;
        if (left == 0) _start = _end = 0;
        if (_buffer.Length > UncountedBuffer && left < _buffer.Length / 4)
        {
            Replace(Math.Max(InitialBuffer, Capacity(left)));
        }
        else if (_buffer.Length - _end < MinimumRoom)
        {
            if (_buffer.Length - left >= Math.Max(MinimumRoom, _buffer.Length / 2)) Compact();
            else Replace(Capacity(left));
        }
    }

    private int Capacity(int left)
    {
        var whole = _bulkLength >= 0 ? _bulkLength + 2L : MaximumHeader;
        return (int)Math.Max(left + MinimumRoom, Math.Min(left * 2L, whole + MinimumRoom));
    }

    private void Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
    }

    private void Replace(int capacity)
    {
        // The pool rounds up to twice as much and keeps what it gets back: nothing for large ones.
        var replacement = capacity > LargestPooled ? GC.AllocateUninitializedArray<byte>(capacity) : ArrayPool<byte>.Shared.Rent(capacity);
        _buffer.AsSpan(_start, _end - _start).CopyTo(replacement);
        GiveBack();
        _buffer = replacement;
        (_start, _end) = (0, _end - _start);
    }

    private void GiveBack()
    {
        if (_buffer.Length is > 0 and <= LargestPooled) ArrayPool<byte>.Shared.Return(_buffer);
    }

    private static char Printable(byte value) => value is >= 32 and < 127 ? (char)value : '?';
}
