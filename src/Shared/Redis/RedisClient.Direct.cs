using System.Runtime.CompilerServices;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis;

/// <summary>
/// Single commands. While the connection to a single server is open nothing is allocated for one but its reply: the pooled request
/// is what the caller awaits, holds the arguments, and does at its end what a method around it would do. In a cluster, under
/// tracing, and while there is no connection or no room, the longer way is taken.
/// </summary>
public sealed partial class RedisClient : IRedisRequestOwner
{
    /// <inheritdoc/>
    public ValueTask<RedisReply> ExecuteAsync(RedisCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        RedisSharedConnection.Require(command);
        if (FindDirect(cancellationToken) is { } connection)
        {
            var request = connection.Requests.Rent(new RedisPayload(command), Deadline, this);
            if (connection.TryQueue(request) == SendOutcome.Queued) return request.Await(cancellationToken);
        }

        return ExecuteLongAsync(command, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RedisReply> ExecuteAsync(
        string name, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken = default) =>
        Start(name, arguments, cancellationToken) is { } request
            ? request.Await(cancellationToken)
            : ExecuteSharedAsync(new RedisCommand(name, arguments), cancellationToken);

    /// <summary>Sends a command in the direct way; <see langword="null"/> when it has to be sent in another. The caller must await the request.</summary>
    internal RedisRequest? Start(string name, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken)
    {
        if (FindDirect(cancellationToken) is not { } connection) return null;
        var request = connection.Requests.Rent(name, arguments, Deadline, this);
        if (request.Payload.Single!.Kind >= RedisCommandKind.Connection)
        {
            // To be looked at more closely, or refused.
            request.Release();
            return null;
        }

        return connection.TryQueue(request) == SendOutcome.Queued ? request : null;
    }

    void IRedisRequestOwner.SendAgain(IReadOnlyList<RedisRequest> requests) => _router.SendAgain(requests);

    void IRedisRequestOwner.Ended(in RedisPayload payload, long queuedAt, in RedisReply reply, Exception? failure)
    {
        // A reply was seen to by the connection that it came over.
        if (_keeps && failure is not null) _nearCache.InvalidateWritten(payload);
        if (!_telemetry.IsMeasuring) return;
        var code = reply.IsError ? new RedisServerException(reply.AsString()!).ShownCode : null;
        _telemetry.Record(payload.Single!.Name, _router.EndPoint, _time.GetElapsedTime(queuedAt), code ?? failure?.GetType().FullName, code);
    }

    private RedisConnection? FindDirect(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested || _telemetry.IsTracing ? null : _router.Direct;

    private ValueTask<RedisReply> ExecuteSharedAsync(RedisCommand command, CancellationToken cancellationToken)
    {
        RedisSharedConnection.Require(command);
        return ExecuteLongAsync(command, cancellationToken);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RedisReply> ExecuteLongAsync(RedisCommand command, CancellationToken cancellationToken)
    {
        var answer = await SendAndForgetKeysAsync(new RedisPayload(command), Deadline, cancellationToken).ConfigureAwait(false);
        return answer.Reply.ThrowIfError();
    }
}
