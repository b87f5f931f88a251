using System.Diagnostics;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Telemetry;

/// <summary>One observed operation, from its start to its end.</summary>
internal readonly struct RedisOperation(RedisTelemetry telemetry, Activity? activity, string name, RedisEndPoint endPoint, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public async ValueTask<RedisAnswer> ObserveAsync(Func<ValueTask<RedisAnswer>> send)
    {
        try
        {
            var answer = await send().ConfigureAwait(false);
            if (answer.Reply.IsError) Fail(new RedisServerException(answer.Reply.AsString()!));
            else End(null, null);
            return answer;
        }
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    private void Fail(Exception exception)
    {
        var code = (exception as RedisServerException)?.Code;
        End(code ?? exception.GetType().FullName, code);
    }

    private void End(string? errorType, string? statusCode)
    {
        telemetry.Record(name, endPoint, time.GetElapsedTime(_started), errorType, statusCode);
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
