using System.Diagnostics;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Telemetry;

/// <summary>One observed operation, from its start to its end.</summary>
internal readonly struct RedisOperation(RedisTelemetry telemetry, Activity? activity, RedisOperationName name, RedisEndPoint endPoint, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public async ValueTask<RedisAnswer> ObserveAsync(Func<ValueTask<RedisAnswer>> send)
    {
        try
        {
            var answer = await send().ConfigureAwait(false);
            var server = answer.Connection is { } connection ? Answered(connection) : endPoint;
            if (ErrorOf(answer.Reply) is { } error) Fail(server, error);
            else End(server, null, null);
            return answer;
        }
        catch (Exception e)
        {
            Fail(endPoint, e);
            throw;
        }
    }

    // In a cluster it is another node than the one that was thought of when the span began.
    private RedisEndPoint Answered(RedisConnection connection)
    {
        if (activity is null) return connection.EndPoint;
        activity.SetTag("server.address", connection.EndPoint.Host);
        activity.SetTag("server.port", connection.EndPoint.Port);
        if (connection.Peer is not { } peer) return connection.EndPoint;
        activity.SetTag("network.peer.address", peer.Address.ToString());
        activity.SetTag("network.peer.port", peer.Port);
        return connection.EndPoint;
    }

    private RedisServerException? ErrorOf(in RedisReply reply)
    {
        if (reply.IsError) return new RedisServerException(reply.AsString()!);
        if (!name.IsTransaction) return null;
        foreach (var item in reply.Items)
            if (item.IsError) return new RedisServerException(item.AsString()!);
        return null;
    }

    private void Fail(RedisEndPoint server, Exception exception)
    {
        var code = (exception as RedisServerException)?.ShownCode;
        End(server, code ?? exception.GetType().FullName, code);
    }

    private void End(RedisEndPoint server, string? errorType, string? statusCode)
    {
        telemetry.Record(name.Name, server, time.GetElapsedTime(_started), errorType, statusCode);
        if (activity is null) return;
        if (errorType is not null)
        {
            activity.SetTag("error.type", errorType);
            if (statusCode is not null) activity.SetTag("db.response.status_code", statusCode);
            activity.SetStatus(ActivityStatusCode.Error);
        }

        activity.Dispose();
    }
}
