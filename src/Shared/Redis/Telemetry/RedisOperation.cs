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
            if (activity is not null && answer.Connection?.Peer is { } peer)
            {
                // The node that answered: in a cluster another one than the address that the application knows.
                activity.SetTag("network.peer.address", peer.Address.ToString());
                activity.SetTag("network.peer.port", peer.Port);
            }

            if (ErrorOf(answer.Reply) is { } error) Fail(error);
            else End(null, null);
            return answer;
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    private RedisServerException? ErrorOf(in RedisReply reply)
    {
        if (reply.IsError) return new RedisServerException(reply.AsString()!);
        if (!name.IsTransaction) return null;
        foreach (var item in reply.Items)
            if (item.IsError) return new RedisServerException(item.AsString()!);
        return null;
    }

    private void Fail(Exception exception)
    {
        var code = (exception as RedisServerException)?.Code;
        End(code ?? exception.GetType().FullName, code);
    }

    private void End(string? errorType, string? statusCode)
    {
        telemetry.Record(name.Name, endPoint, time.GetElapsedTime(_started), errorType, statusCode);
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
