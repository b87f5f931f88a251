using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>The sending half: coalescing and back-pressure.</summary>
internal sealed partial class RedisConnection
{
    // Written at once; more than this piece by piece, so that progress shows.
    private const int Slice = 64 * 1024;

    private readonly RedisConnectionSender _sender;
    private OutputBuffer _filling = new();
    private OutputBuffer _sending = new();
    private TaskCompletionSource? _room;
    private long _appended;
    private long _handedOver;
    private long _drained;
    private bool _isSending;

    /// <summary>Makes a request and queues it if there is room. The caller must await the request.</summary>
    public SendOutcome TrySend(in RedisPayload payload, long deadline, out RedisRequest? request)
    {
        request = _settings.Requests.Rent(payload, deadline);
        var outcome = TryQueue(request);
        if (outcome != SendOutcome.Queued) request = null;
        return outcome;
    }

    /// <summary>Queues a request if there is room; the caller must await it then. Otherwise it is over and must not be touched again.</summary>
    public SendOutcome TryQueue(RedisRequest request)
    {
        var outcome = SendOutcome.Closed;
        try
        {
            return outcome = TryQueueAgain(request, hold: true);
        }
        finally
        {
            if (outcome != SendOutcome.Queued) request.Release();
        }
    }

    /// <summary>As <see cref="TryQueue"/> for a request that is held already: it is not let go of when there is no room or no connection.</summary>
    public SendOutcome TryQueueAgain(RedisRequest request, bool hold = false)
    {
        var outcome = Append(request, hold, out var startSender, out var isIdle);
        if (!startSender) return outcome;
        // Alone: send at once, for the shortest way. Otherwise queue behind the callers that are about to run, whose commands then
        // leave in the same system call.
        if (isIdle) FlushOnce();
        else ThreadPool.UnsafeQueueUserWorkItem(_sender, preferLocal: false);
        return outcome;
    }

    private SendOutcome Append(RedisRequest request, bool hold, out bool startSender, out bool isIdle)
    {
        (startSender, isIdle) = (false, false);
        lock (_gate)
        {
            if (_failure is not null || _leaving is not null) return SendOutcome.Closed;
            if (!HasRoom()) return SendOutcome.Full;
            var before = _filling.Length;
            try
            {
                request.WriteTo(_filling);
            }
            catch
            {
                // Half a command must never reach the stream.
                _filling.Truncate(before);
                throw;
            }

            request.Position = _appended;
            request.QueuedAt = _settings.Time.GetTimestamp();
            _appended += _filling.Length - before;
            if (hold) request.Hold();
            _waiting.Enqueue(request);
            isIdle = _waiting.Count == 1;
            startSender = !_isSending;
            _isSending = true;
            return SendOutcome.Queued;
        }
    }

    /// <summary>Writes what has gathered until nothing is left. Only one runs at a time (<see cref="_isSending"/>).</summary>
    internal void Flush()
    {
        while (TakeGathered())
            if (!TryWrite()) return;
    }

    /// <summary>As <see cref="Flush"/> for a caller, who sends its own command and does not stay to send those of all others.</summary>
    private void FlushOnce()
    {
        if (TakeGathered() && TryWrite() && HasGathered()) ThreadPool.UnsafeQueueUserWorkItem(_sender, preferLocal: false);
    }

    // False: the write goes on by itself, and what gathers meanwhile is sent after it; or the connection has ended.
    private bool TryWrite()
    {
        try
        {
            var writing = _sending.Length <= Slice ? _stream.WriteAsync(_sending.Written, _stop.Token) : WriteSlicesAsync();
            if (!writing.IsCompletedSuccessfully)
            {
                _ = FlushAsync(writing);
                return false;
            }

            // Nearly always: the socket has taken it at once, and no task is made.
            writing.GetAwaiter().GetResult();
            Wrote();
            return true;
        }
        catch (Exception e)
        {
            // Whatever it was, what the peer has received is unknown: the connection is over and the callers are told.
            Close(e);
            return false;
        }
    }

    private async Task FlushAsync(ValueTask writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
            Interlocked.Increment(ref _drained);
            Wrote();
            while (TakeGathered())
            {
                await WriteSlicesAsync().ConfigureAwait(false);
                Wrote();
            }
        }
        catch (Exception e)
        {
            // As above.
            Close(e);
        }
    }

    private async ValueTask WriteSlicesAsync()
    {
        for (var at = 0; at < _sending.Length; at += Slice)
        {
            var writing = _stream.WriteAsync(_sending.Written.Slice(at, Math.Min(Slice, _sending.Length - at)), _stop.Token);
            var hadToWait = !writing.IsCompleted;
            await writing.ConfigureAwait(false);
            // There was no room, and now there is: the peer has taken bytes in, which is a sign of life. What goes into a buffer with room says nothing of the peer.
            if (hadToWait) Interlocked.Increment(ref _drained);
        }
    }

    private void Wrote()
    {
        _sending.Clear();
        MakeRoom();
    }

    // Ends the sending when there is nothing to send.
    private bool HasGathered()
    {
        lock (_gate) return _isSending = _failure is null && _filling.Length > 0;
    }

    private bool TakeGathered()
    {
        lock (_gate)
        {
            _isSending = _failure is null && _filling.Length > 0;
            if (!_isSending) return false;
            (_filling, _sending) = (_sending, _filling);
            _handedOver = _appended;
            return true;
        }
    }

    /// <summary>Returns when there may be room, or the connection has ended.</summary>
    /// <exception cref="RedisUnavailableException">There was none until the deadline.</exception>
    public async ValueTask WaitForRoomAsync(long deadline, CancellationToken cancellationToken)
    {
        Task room;
        lock (_gate)
        {
            if (_failure is not null || _leaving is not null || HasRoom()) return;
            room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        try
        {
            await room.WaitAsync(RedisDeadline.Left(_settings.Time, deadline), _settings.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new RedisUnavailableException(
                $"Redis at {_settings.Name} does not keep up: {_settings.MaxUnsentBytes} bytes or {_settings.MaxWaiting} commands are waiting. The command was not sent.", e);
        }
    }

    private bool HasRoom() => _filling.Length < _settings.MaxUnsentBytes && _waiting.Count < _settings.MaxWaiting;

    private void MakeRoom()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            if (_room is null || !HasRoom()) return;
            room = _room;
            _room = null;
        }

        room.TrySetResult();
    }
}
