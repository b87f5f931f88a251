using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>
/// One established connection. All callers append to one buffer; one sender at a time takes what has gathered and writes it, one
/// reader hands the replies out in order. The lock covers memory only, never a system call. A connection lives once: after its first
/// failure every request on it has ended and <see cref="Closed"/> completes.
/// </summary>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Stream _stream;
    private readonly RedisConnectionSettings _settings;
    private readonly Queue<RedisRequest> _waiting = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Exception> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private Task _ticking = Task.CompletedTask;
    private readonly long _madeAt;
    private Exception? _failure;
    private Exception? _leaving;

    public RedisConnection(Stream stream, RedisConnectionSettings settings)
    {
        _stream = stream;
        _settings = settings;
        _sender = new RedisConnectionSender(this);
        _madeAt = _confirmedAt = settings.Time.GetTimestamp();
    }

    /// <summary>Completes with the reason when the connection has ended.</summary>
    public Task<Exception> Closed => _closed.Task;

    /// <summary>Whether it takes requests.</summary>
    public bool IsOpen => Volatile.Read(ref _failure) is null && Volatile.Read(ref _leaving) is null;

    /// <summary>Which of a node's connections it belongs beside, see <see cref="Exclusive.RedisExclusivePool"/>.</summary>
    public int Generation { get; set; }

    /// <summary>The server that it leads to.</summary>
    public RedisEndPoint EndPoint => _settings.EndPoint;

    /// <summary>The protocol that was agreed on: 2 or 3.</summary>
    public int Protocol { get; set; } = 2;

    /// <summary>What the server called itself: "standalone", "cluster"; null when it did not say.</summary>
    public string? ServerMode { get; set; }

    /// <summary>Whether the server reports changes of keys that were read over this connection.</summary>
    public bool IsTracking { get; set; }

    /// <summary>Called by the reader for out-of-band messages, in the order of the stream. Must be quick and must not throw.</summary>
    public Action<RedisReply>? OnPush { get; set; }

    /// <summary>
    /// Called by the reader with a request and its next reply, before its caller learns of it, in the order of the stream. Must be quick and must not throw.
    /// </summary>
    public RedisReplyHandler? OnReply { get; set; }

    /// <summary>What the server is asked to see whether it lives: by default a PING, and only when nothing has come for a while; another question is asked at each interval.</summary>
    public RedisCommand Heartbeat { get; set; } = Ping;

    /// <summary>
    /// The server had sent everything that happened before this timestamp: it is when the latest request whose reply has come was
    /// queued. How old what is known through this connection can be at most.
    /// </summary>
    public long ConfirmedAt => Volatile.Read(ref _confirmedAt);

    /// <summary>The address that the connection leads to.</summary>
    public IPEndPoint? Peer { get; init; }

    /// <summary>Where requests for this connection come from.</summary>
    public RedisRequestPool Requests => _settings.Requests;

    /// <summary>The socket below the stream.</summary>
    public Socket? Socket { get; init; }

    /// <summary>What is taken out of the socket; needed where <see cref="HasUnread"/> is.</summary>
    public RedisArrivals? Arrivals { get; init; }

    /// <summary>
    /// Whether bytes of the server have arrived that were not looked at yet: among them may be the message that a key changed. Nothing leaves the socket before it is counted, so looked at in this
    /// order there is no moment in which such bytes go unseen; what was looked at before is known by its effect.
    /// </summary>
    public bool HasUnread
    {
        get
        {
            try
            {
                return Socket is null || Socket.Available > 0 || Arrivals is { IsInHand: true };
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
            catch (SocketException)
            {
                return true;
            }
        }
    }

    public void Start()
    {
        _reading = ReadAsync();
        _ticking = TickAsync();
    }

    /// <summary>Sends a payload and returns the reply (an array for several commands).</summary>
    /// <exception cref="RedisUnavailableException">It was certainly not sent.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RedisReply> SendAsync(RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (TrySend(payload, deadline, out var request))
            {
                case SendOutcome.Queued:
                    return await request!.Await(cancellationToken).ConfigureAwait(false);
                case SendOutcome.Closed:
                    throw NotSent(_failure ?? _leaving!);
                default:
                    await WaitForRoomAsync(deadline, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>Ends the connection. Requests that were not sent fail as such; the outcome of the others is unknown.</summary>
    public void Close(Exception reason)
    {
        RedisRequest[] abandoned;
        long handedOver;
        TaskCompletionSource? room;
        lock (_gate)
        {
            if (_failure is not null) return;
            _failure = reason;
            abandoned = [.. _waiting];
            _waiting.Clear();
            handedOver = _handedOver;
            room = _room;
            _room = null;
        }

        _stop.Cancel();
        _stream.Dispose();
        room?.TrySetResult();
        var unsent = new List<RedisRequest>();
        foreach (var request in abandoned)
        {
            var isUnsent = request.Position >= handedOver;
            if (isUnsent && request.TryDetach())
            {
                unsent.Add(request);
                continue;
            }

            request.Fail(isUnsent ? NotSent(reason) : OutcomeUnknown(reason));
            request.Release();
        }

        // Before there can be another connection, over which later ones would be sent first.
        if (unsent.Count > 0) unsent[0].Owner!.SendAgain(unsent);
        _closed.TrySetResult(reason);
    }

    public async ValueTask DisposeAsync()
    {
        Close(new ObjectDisposedException(nameof(RedisClient), "The Redis client was disposed of."));
        await _reading.ConfigureAwait(false);
        await _ticking.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>Takes no more requests, and ends when the replies that are due have come: another connection may lead to a server that serves. To be called out of <see cref="OnReply"/>.</summary>
    public void Leave(Exception reason)
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            if (_failure is not null || _leaving is not null) return;
            _leaving = reason;
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
    }

    /// <summary>As <see cref="Leave(Exception)"/>. Without effect on a young connection, or a server that is all there is would be stormed with new ones.</summary>
    /// <returns>Whether the connection is on its way out.</returns>
    private bool Leave(in RedisReply refusal)
    {
        if (!IsOpen) return true;
        if (_settings.Time.GetElapsedTime(_madeAt) < _settings.MinimumAge) return false;
        Leave(RedisRefusal.ExceptionOf(refusal));
        return true;
    }

    // On the reader's thread, after a reply has been handed out.
    private void EndIfLeft()
    {
        if (_leaving is not { } reason) return;
        bool isDone;
        lock (_gate) isDone = _waiting.Count == 0;
        if (isDone) Close(reason);
    }

    private RedisUnavailableException NotSent(Exception reason) =>
        new($"The connection to Redis at {_settings.Name} ended before the command was sent: {reason.Message}", reason);

    private RedisOutcomeUnknownException OutcomeUnknown(Exception reason) => new(
        $"The connection to Redis at {_settings.Name} ended before the reply came; the command may have been executed: {reason.Message}",
        reason);
}
