using System.Threading.Tasks.Sources;

namespace ShopSession.Redis.Connections;

/// <summary>
/// What the caller gets, in the form that it asked for: the request itself is what is awaited, so that a typed result costs no
/// object beside it.
/// </summary>
internal sealed partial class RedisRequest :
    IValueTaskSource<RedisReply>, IValueTaskSource<byte[]?>, IValueTaskSource<string?>, IValueTaskSource<long>, IValueTaskSource<bool>, IValueTaskSource
{
    /// <inheritdoc cref="Await"/>
    public ValueTask<byte[]?> AwaitBytes(CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return new ValueTask<byte[]?>(this, _result.Version);
    }

    /// <inheritdoc cref="Await"/>
    public ValueTask<string?> AwaitText(CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return new ValueTask<string?>(this, _result.Version);
    }

    /// <inheritdoc cref="Await"/>
    public ValueTask<long> AwaitNumber(CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return new ValueTask<long>(this, _result.Version);
    }

    /// <inheritdoc cref="Await"/>
    public ValueTask<bool> AwaitTruth(CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return new ValueTask<bool>(this, _result.Version);
    }

    /// <inheritdoc cref="Await"/>
    public ValueTask AwaitDone(CancellationToken cancellationToken)
    {
        Watch(cancellationToken);
        return new ValueTask(this, _result.Version);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _result.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _result.OnCompleted(continuation, state, token, flags);

    RedisReply IValueTaskSource<RedisReply>.GetResult(short token) => Take(token);

    byte[]? IValueTaskSource<byte[]?>.GetResult(short token) => Take(token).TakeBytes();

    string? IValueTaskSource<string?>.GetResult(short token) => Take(token).AsString();

    long IValueTaskSource<long>.GetResult(short token) => Take(token).AsInt64();

    bool IValueTaskSource<bool>.GetResult(short token) => Take(token).AsTruth();

    void IValueTaskSource.GetResult(short token) => Take(token);

    // Once in each life: a second time would let go of what another caller may have by now.
    private RedisReply Take(short token)
    {
        if (_result.GetStatus(token) == ValueTaskSourceStatus.Pending || Interlocked.Exchange(ref _taken, 1) != 0)
            throw new InvalidOperationException("The result of a Redis command can be awaited once, and only when it is there; use AsTask() to look at it again.");
        var isDirect = _owner is not null;
        try
        {
            var reply = _result.GetResult(token);
            return isDirect ? reply.ThrowIfError() : reply;
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
}
