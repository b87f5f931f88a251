using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

internal enum SendOutcome
{
    Queued,
    Full,
    Closed,
}

/// <summary>The sending half: coalescing and back-pressure.</summary>
internal sealed partial class RedisConnection
{
    private readonly RedisConnectionSender _sender;
    private OutputBuffer _filling = new();
    private OutputBuffer _sending = new();
    private TaskCompletionSource? _room;
    private long _appended;
    private long _handedOver;
    private bool _isSending;

    /// <summary>Queues a request if there is room. The caller must await the request.</summary>
    public SendOutcome TrySend(in RedisPayload payload, long deadline, out RedisRequest? request)
    {
        bool startSender, idle;
        lock (_gate)
        {
            request = null;
            if (_failure is not null) return SendOutcome.Closed;
            if (_filling.Length >= _settings.MaxUnsentBytes || _waiting.Count >= _settings.MaxWaiting) return SendOutcome.Full;
            var before = _filling.Length;
            try
            {
                payload.WriteTo(_filling);
            }
            catch
            {
                // Half a command must never reach the stream.
                _filling.Truncate(before);
                throw;
            }

            request = RedisRequest.Rent(payload, deadline);
            request.Position = _appended;
            request.QueuedAt = _settings.Time.GetTimestamp();
            _appended += _filling.Length - before;
            request.Hold();
            _waiting.Enqueue(request);
            idle = _waiting.Count == 1;
            startSender = !_isSending;
            _isSending = true;
        }

        if (!startSender) return SendOutcome.Queued;
        // Alone: send at once, for the shortest way. Otherwise queue behind the callers that are about to run, whose commands then
        // leave in the same system call.
        if (idle) _sender.Execute();
        else ThreadPool.UnsafeQueueUserWorkItem(_sender, preferLocal: false);
        return SendOutcome.Queued;
    }

    /// <summary>Writes what has gathered until nothing is left. Only one runs at a time (<see cref="_isSending"/>).</summary>
    internal async Task FlushAsync()
    {
        try
        {
            while (TakeGathered())
            {
                await _stream.WriteAsync(_sending.Written, _stop.Token).ConfigureAwait(false);
                _sending.Clear();
                MakeRoom();
            }
        }
        catch (Exception e)
        {
            // Whatever it was, what the peer has received is unknown: the connection is over and the callers are told.
            Close(e);
        }
    }

    private bool TakeGathered()
    {
        lock (_gate)
        {
            if (_failure is not null || _filling.Length == 0)
            {
                _isSending = false;
                return false;
            }

            (_filling, _sending) = (_sending, _filling);
            _handedOver = _appended;
            return true;
        }
    }

    private async ValueTask WaitForRoomAsync(long deadline, CancellationToken cancellationToken)
    {
        Task room;
        lock (_gate)
        {
            if (_failure is not null || HasRoom()) return;
            room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        var left = _settings.Time.GetElapsedTime(_settings.Time.GetTimestamp(), deadline);
        try
        {
            await room.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _settings.Time, cancellationToken).ConfigureAwait(false);
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

/// <summary>Runs a connection's sender on the thread pool without allocating.</summary>
internal sealed class RedisConnectionSender(RedisConnection connection) : IThreadPoolWorkItem
{
    public void Execute() => _ = connection.FlushAsync();
}
