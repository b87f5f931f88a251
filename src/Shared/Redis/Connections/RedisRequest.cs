using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>
/// A command, or several that are sent together, on its way: waits in a connection's queue and is what the caller awaits. Pooled:
/// it goes back when both the caller has its result and the connection has let go of it, since an abandoned request must stay in
/// the queue until its reply has come, or every later reply would reach the wrong caller.
/// </summary>
internal sealed class RedisRequest : IValueTaskSource<RedisReply>
{
    private const int MaxPooled = 1024;
    private static readonly ConcurrentQueue<RedisRequest> Pool = new();

    private ManualResetValueTaskSourceCore<RedisReply> _result = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _cancellationToken;
    private RedisPayload _payload;
    private RedisReply[]? _replies;
    private int _received;
    private int _completed;
    private int _holders;

    private RedisRequest()
    {
    }

    /// <summary>When the request was queued (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public long QueuedAt { get; set; }

    /// <summary>The timestamp after which the caller is told that no answer came.</summary>
    public long Deadline { get; private set; }

    /// <summary>Where the request begins in the bytes of its connection.</summary>
    public long Position { get; set; }

    /// <summary>Whether the server answers with a push message in place of a reply (SUBSCRIBE and its kin).</summary>
    public bool IsAnsweredByPush => _payload.AnsweredByPush;

    /// <summary>How many replies are still to come.</summary>
    public int Missing => _payload.ReplyCount - _received;

    public static RedisRequest Rent(in RedisPayload payload, long deadline)
    {
        if (!Pool.TryDequeue(out var request)) request = new RedisRequest();
        request._payload = payload;
        request._replies = payload.IsList ? new RedisReply[payload.ReplyCount] : null;
        request._received = 0;
        request._completed = 0;
        request._holders = 1;
        request.Deadline = deadline;
        return request;
    }

    /// <summary>What the caller awaits, once. Call after the request was queued.</summary>
    public ValueTask<RedisReply> Await(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static request => ((RedisRequest)request!).Cancel(), this);
        return new ValueTask<RedisReply>(this, _result.Version);
    }

    /// <summary>Writes the request's bytes. The connection calls this before it puts the request in its queue.</summary>
    public void WriteTo(OutputBuffer buffer) => _payload.WriteTo(buffer);

    /// <summary>Counts the connection as a holder.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Lets go; the last holder gives the object back to the pool.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0) return;
        _payload = default;
        _replies = null;
        _result.Reset();
        if (Pool.Count < MaxPooled) Pool.Enqueue(this);
    }

    /// <summary>Takes the next reply of the server.</summary>
    public void Offer(in RedisReply reply)
    {
        _received++;
        if (_replies is null)
        {
            TryComplete(reply);
            return;
        }

        _replies[_received - 1] = reply;
        if (_received == _replies.Length) TryComplete(RedisReply.FromItems(RedisReplyType.Array, _replies));
    }

    /// <summary>Ends the caller's wait with an error; without effect when it has ended already.</summary>
    public void Fail(Exception exception)
    {
        if (Interlocked.Exchange(ref _completed, 1) == 0) _result.SetException(exception);
    }

    RedisReply IValueTaskSource<RedisReply>.GetResult(short token)
    {
        try
        {
            return _result.GetResult(token);
        }
        finally
        {
            // Waits for a callback that is running, so that none can touch the object in its next life.
            _cancellation.Dispose();
            _cancellation = default;
            _cancellationToken = default;
            Release();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<RedisReply>.GetStatus(short token) => _result.GetStatus(token);

    void IValueTaskSource<RedisReply>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _result.OnCompleted(continuation, state, token, flags);

    private void Cancel() => Fail(new OperationCanceledException(
        "The wait for Redis was cancelled. The command may have been executed.", _cancellationToken));

    private void TryComplete(in RedisReply reply)
    {
        if (Interlocked.Exchange(ref _completed, 1) == 0) _result.SetResult(reply);
    }
}
