using System.Buffers;
using System.Net.Sockets;
using ShopSession.Redis.Embedded.Protocol;

namespace ShopSession.Redis.Embedded.Connections;

/// <summary>
/// What waits to be sent to a client. The executor appends and never waits; one sender at a time takes what is there. Large replies are
/// handed over without copying.
/// </summary>
internal sealed class OutputBuffer(Socket socket, ClientMemory memory, Action<string> onBroken) : IClientOutput
{
    /// <summary>Why a client is disconnected whose replies take the memory that others need.</summary>
    public const string UsedUp = "the memory for replies that nobody reads is used up";

    private const int SegmentSize = 16 * 1024;

    private readonly Lock _lock = new();
    private List<ArraySegment<byte>> _waiting = [];
    private List<ArraySegment<byte>> _sending = [];
    private byte[]? _tail;
    private int _tailLength;
    private long _pending;
    private TaskCompletionSource? _whenIdle;
    private bool _isSending;
    private bool _isClosed;

    public long Pending => Interlocked.Read(ref _pending);

    public void Append(ByteBuffer buffer)
    {
        if (buffer.Length <= SegmentSize)
        {
            Append(buffer.Span);
            return;
        }

        lock (_lock)
        {
            if (!TryReserve(buffer.Length)) return;
            SealTail();
            _waiting.Add(buffer.Detach());
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (!TryReserve(bytes.Length)) return;
            while (!bytes.IsEmpty)
            {
                _tail ??= ArrayPool<byte>.Shared.Rent(bytes.Length < 1024 && _pending < 4096 ? 4096 : SegmentSize);
                var count = Math.Min(bytes.Length, _tail.Length - _tailLength);
                bytes[..count].CopyTo(_tail.AsSpan(_tailLength));
                _tailLength += count;
                bytes = bytes[count..];
                if (_tailLength == _tail.Length) SealTail();
            }
        }
    }

    /// <summary>Starts to send what waits, unless that is being done; the task ends when nothing waits any more.</summary>
    public Task FlushAsync()
    {
        lock (_lock)
        {
            if (_isClosed || (_pending == 0 && !_isSending)) return Task.CompletedTask;
            if (_isSending) return (_whenIdle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            _isSending = true;
        }

        // Starts on this thread: usually the socket takes everything at once and there is nothing to wait for.
        return SendAsync();
    }

    /// <summary>Drops what waits and takes no more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_tail is not null) ArrayPool<byte>.Shared.Return(_tail);
            _tail = null;
            Return(_waiting, 0);
            _whenIdle?.TrySetResult();
            memory.TryChange(-Interlocked.Exchange(ref _pending, 0));
        }
    }

    private async Task SendAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                SealTail();
                if (_waiting.Count == 0)
                {
                    _isSending = false;
                    _whenIdle?.TrySetResult();
                    _whenIdle = null;
                    return;
                }

                (_waiting, _sending) = (_sending, _waiting);
            }

            var sent = 0;
            try
            {
                for (; sent < _sending.Count; sent++)
                {
                    var rest = (ReadOnlyMemory<byte>)_sending[sent];
                    while (!rest.IsEmpty) rest = rest[await socket.SendAsync(rest, SocketFlags.None).ConfigureAwait(false)..];
                    Release(_sending[sent].Count);
                    ArrayPool<byte>.Shared.Return(_sending[sent].Array!);
                }

                _sending.Clear();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                Return(_sending, sent);
                Close();
                onBroken("sending failed");
                return;
            }
        }
    }

    private bool TryReserve(int bytes)
    {
        if (_isClosed) return false;
        if (!memory.TryChange(bytes))
        {
            Close();
            onBroken(UsedUp);
            return false;
        }

        Interlocked.Add(ref _pending, bytes);
        return true;
    }

    private void Release(int bytes)
    {
        lock (_lock)
        {
            // Closing has given everything back already.
            if (_isClosed) return;
            Interlocked.Add(ref _pending, -bytes);
            memory.TryChange(-bytes);
        }
    }

    private void SealTail()
    {
        if (_tail is null || _tailLength == 0) return;
        _waiting.Add(new ArraySegment<byte>(_tail, 0, _tailLength));
        _tail = null;
        _tailLength = 0;
    }

    private static void Return(List<ArraySegment<byte>> segments, int from)
    {
        for (var i = from; i < segments.Count; i++) ArrayPool<byte>.Shared.Return(segments[i].Array!);
        segments.Clear();
    }
}
