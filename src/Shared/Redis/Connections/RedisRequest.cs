using System.Threading.Tasks.Sources;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Connections;

/// <summary>
/// A command, or several that are sent together, on its way: waits in a connection's queue and is what the caller awaits. Pooled:
/// it goes back when both the caller has its result and the connection has let go of it, since an abandoned request must stay in
/// the queue until its reply has come, or every later reply would reach the wrong caller.
/// </summary>
/// <remarks>A request with an owner is direct: nothing stands between it and the user of the client, see <see cref="IRedisRequestOwner"/>.</remarks>
internal sealed partial class RedisRequest(RedisRequestPool pool)
{
    private ManualResetValueTaskSourceCore<RedisReply> _result = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _cancellationToken;
    private RedisPayload _payload;
    private IRedisRequestOwner? _owner;
    private RedisCommand? _command;
    private RedisReply[]? _replies;
    private byte[]? _bytes;
    private int _received;
    private int _completed;
    private int _taken;
    private int _holders;

    /// <summary>When the request was queued (<see cref="TimeProvider.GetTimestamp"/>).</summary>
    public long QueuedAt { get; set; }

    /// <summary>The timestamp after which the caller is told that no answer came.</summary>
    public long Deadline { get; private set; }

    /// <summary>Where the request begins in the bytes of its connection.</summary>
    public long Position { get; set; }

    /// <summary>Whether the server answers with a push message in place of a reply (SUBSCRIBE and its kin).</summary>
    public bool IsAnsweredByPush => _payload.AnsweredByPush;

    /// <summary>Whether the caller has been told the outcome.</summary>
    public bool IsCompleted => Volatile.Read(ref _completed) != 0;

    /// <summary>The client of a direct request.</summary>
    public IRedisRequestOwner? Owner => _owner;

    /// <summary>What was sent. Belongs to the holders.</summary>
    public ref readonly RedisPayload Payload => ref _payload;

    /// <summary>How many replies have come.</summary>
    public int Received => _received;

    /// <summary>How many replies are still to come.</summary>
    public int Missing => _payload.ReplyCount - _received;

    public void Begin(in RedisPayload payload, long deadline, IRedisRequestOwner? owner)
    {
        _payload = payload;
        _owner = owner;
        _replies = payload.IsList ? new RedisReply[payload.ReplyCount] : null;
        _received = 0;
        _completed = 0;
        _taken = 0;
        _holders = 1;
        Deadline = deadline;
    }

    /// <summary>Begins with a command that exists only within the request.</summary>
    public void Begin(string name, ReadOnlySpan<RedisArgument> arguments, long deadline, IRedisRequestOwner owner)
    {
        var command = _command ??= new RedisCommand();
        command.Set(name, arguments);
        Begin(new RedisPayload(command), deadline, owner);
    }

    /// <summary>What the caller awaits, once. Call after the request was queued.</summary>
    public ValueTask<RedisReply> Await(CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return new ValueTask<RedisReply>(this, _result.Version);
    }

    /// <summary>Writes the request's bytes. The connection calls this before it puts the request in its queue.</summary>
    public void WriteTo(OutputBuffer buffer)
    {
        if (_bytes is { } bytes) buffer.Write(bytes);
        else _payload.WriteTo(buffer);
    }

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
        _bytes = null;
        _result.Reset();
        pool.Return(this);
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
    /// Prepares a direct request that was certainly not executed for being sent again. From now on it has its bytes itself: its caller may
    /// give up at any time and use the memory of its arguments for something else.
    /// </summary>
    /// <returns>Whether it is to be sent again: not when its caller has gone, or has a sender that repeats it.</returns>
    public bool TryDetach()
    {
        if (_owner is null || IsCompleted) return false;
        if (_bytes is null)
        {
            var buffer = new OutputBuffer();
            _payload.WriteTo(buffer);
            _bytes = buffer.Written.ToArray();
        }

        // Looked at after the copy: until here the caller was waiting, so the memory was still what it had given.
        return !IsCompleted;
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
