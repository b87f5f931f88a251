using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>
/// A command, or several that are sent together, on its way: waits in a connection's queue and is what the caller awaits. Pooled:
/// it goes back when both the caller has its result and the connection has let go of it, since an abandoned request must stay in
/// the queue until its reply has come, or every later reply would reach the wrong caller.
/// </summary>
/// <remarks>A request with an owner is direct: nothing stands between it and the user of the client, see <see cref="IRedisRequestOwner"/>.</remarks>
internal sealed partial class RedisRequest
{
    private const int MaxPooled = 1024;
    private static readonly ConcurrentQueue<RedisRequest> Pool = new();

    private ManualResetValueTaskSourceCore<RedisReply> _result = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _cancellationToken;
    private RedisPayload _payload;
    private IRedisRequestOwner? _owner;
    private RedisCommand? _command;
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

    /// <summary>What was sent. Belongs to the holders.</summary>
    public ref readonly RedisPayload Payload => ref _payload;

    /// <summary>How many replies have come.</summary>
    public int Received => _received;

    /// <summary>How many replies are still to come.</summary>
    public int Missing => _payload.ReplyCount - _received;

    public static RedisRequest Rent(in RedisPayload payload, long deadline, IRedisRequestOwner? owner = null)
    {
        if (!Pool.TryDequeue(out var request)) request = new RedisRequest();
        request.Begin(payload, deadline, owner);
        return request;
    }

    /// <summary>Makes a request of a command that exists only within it.</summary>
    public static RedisRequest Rent(string name, ReadOnlySpan<RedisArgument> arguments, long deadline, IRedisRequestOwner owner)
    {
        if (!Pool.TryDequeue(out var request)) request = new RedisRequest();
        var command = request._command ??= new RedisCommand();
        command.Set(name, arguments);
        request.Begin(new RedisPayload(command), deadline, owner);
        return request;
    }

    /// <summary>What the caller awaits, once. Call after the request was queued.</summary>
    public ValueTask<RedisReply> Await(CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
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
        _command?.Clear();
        _payload = default;
        _owner = null;
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
        if (Interlocked.Exchange(ref _completed, 1) != 0) return;
        _owner?.Ended(_payload, QueuedAt, RedisReply.Null, exception);
        _result.SetException(exception);
    }

    /// <summary>
    /// For a request that was certainly not sent over the connection that has ended: a direct one is sent over the next, as
    /// callers that wait for a connection are. False for others, which their senders repeat.
    /// </summary>
    public bool TrySendAgain()
    {
        if (_owner is not { } owner || Volatile.Read(ref _completed) != 0) return false;
        Hold();
        _ = SendAgainAsync(owner);
        return true;
    }

    private async Task SendAgainAsync(IRedisRequestOwner owner)
    {
        try
        {
            TryComplete(await owner.SendAgainAsync(_payload, Deadline).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            // Whatever it was, it is the caller's to know.
            Fail(e);
        }
        finally
        {
            Release();
        }
    }

    private void Begin(in RedisPayload payload, long deadline, IRedisRequestOwner? owner)
    {
        _payload = payload;
        _owner = owner;
        _replies = payload.IsList ? new RedisReply[payload.ReplyCount] : null;
        _received = 0;
        _completed = 0;
        _holders = 1;
        Deadline = deadline;
    }

    private void Watch(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static request => ((RedisRequest)request!).Cancel(), this);
    }

    private void Cancel() => Fail(new OperationCanceledException(
        "The wait for Redis was cancelled. The command may have been executed.", _cancellationToken));

    private void TryComplete(in RedisReply reply)
    {
        if (Interlocked.Exchange(ref _completed, 1) != 0) return;
        _owner?.Ended(_payload, QueuedAt, reply, null);
        _result.SetResult(reply);
    }
}

/// <summary>What a request without a sender of its own needs from its client.</summary>
internal interface IRedisRequestOwner
{
    /// <summary>Sends what was certainly not sent, over whatever connection comes next.</summary>
    ValueTask<RedisReply> SendAgainAsync(RedisPayload payload, long deadline);

    /// <summary>Called once with the outcome, before the caller goes on. Must be quick and must not throw.</summary>
    void Ended(in RedisPayload payload, long queuedAt, in RedisReply reply, Exception? failure);
}
