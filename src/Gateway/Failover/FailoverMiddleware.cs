using Microsoft.Extensions.Options;
using ShopSession.Gateway.Configuration;
using ShopSession.Gateway.Errors;
using ShopSession.Gateway.Health;
using ShopSession.Gateway.Telemetry;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Failover;

/// <summary>
/// Sends a request to a replica, and to another if that one is gone and the request may be repeated. When all replicas of a service are
/// gone, a request that none has begun waits a little for one to return: a visitor then sees a slow page instead of an error.
/// </summary>
internal sealed partial class FailoverMiddleware(
    RequestDelegate next,
    ReplicaMonitor monitor,
    ErrorResponder errors,
    GatewayMetrics metrics,
    IOptions<GatewayOptions> options,
    TimeProvider time,
    ILogger<FailoverMiddleware> logger)
{
    /// <summary>How many requests may wait for a replica at once; more are refused at once, so that an outage does not fill the memory.</summary>
    private const int MostWaiting = 1000;

    private int _waiting;

    public async Task InvokeAsync(HttpContext context)
    {
        var proxy = context.GetReverseProxyFeature();
        var service = context.GetRouteModel().Cluster!;
        var attempt = new ForwardAttempt();
        context.Features.Set(attempt);
        var patience = new Patience(options.Value.WaitForReplica, time);

        for (var sends = 0; ;)
        {
            var replicas = await ReplicasAsync(service, patience, context.RequestAborted);
            if (context.RequestAborted.IsCancellationRequested) return;
            if (replicas.Count == 0)
            {
                LogNoReplica(service.ClusterId);
                await errors.WriteAsync(context, GatewayError.NoReplica);
                return;
            }

            proxy.AvailableDestinations = replicas;
            attempt.IsAbandoned = false;
            await next(context);
            if (context.GetForwarderErrorFeature() is not { } failure) return;

            var gone = attempt.IsAbandoned || RetryRules.IsReplicaGone(failure);
            var neverSent = RetryRules.IsConnectFailure(failure.Exception) && !attempt.Begun;
            if (gone && !attempt.IsAbandoned) monitor.ReportUnreachable(service, proxy.ProxiedDestination!);
            if (!neverSent) sends++;
            if (gone && MayRepeat(context, attempt, neverSent, sends, patience))
            {
                var reason = neverSent ? "never-sent" : attempt.IsAbandoned ? "silent" : "safe";
                metrics.Retried(service.ClusterId, reason);
                LogRetry(context.Request.Method, proxy.ProxiedDestination!.DestinationId, reason);
                context.Features.Set<IForwarderErrorFeature>(null);
                context.Response.Clear();
                continue;
            }

            await ExplainAsync(context, service.ClusterId, failure, gone, neverSent);
            return;
        }
    }

    private static bool MayRepeat(HttpContext context, ForwardAttempt attempt, bool neverSent, int sends, Patience patience)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return false;
        if (neverSent) return !patience.IsOver;
        return RetryRules.IsSafe(context.Request.Method) && !attempt.Begun && sends < RetryRules.MostSends;
    }

    private async Task<IReadOnlyList<DestinationState>> ReplicasAsync(ClusterState service, Patience patience, CancellationToken aborted)
    {
        var replicas = service.DestinationsState.AvailableDestinations;
        if (replicas.Count > 0) return replicas;
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting) return [];
            patience.Begin();
            using var waited = metrics.Waiting(service.ClusterId);
            while (true)
            {
                var change = monitor.NextChange(service);
                replicas = service.DestinationsState.AvailableDestinations;
                if (replicas.Count > 0 || patience.IsOver || aborted.IsCancellationRequested) return replicas;
                await Task.WhenAny(change, Task.Delay(patience.Left, time, aborted));
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task ExplainAsync(HttpContext context, string service, IForwarderErrorFeature failure, bool gone, bool neverSent)
    {
        if (context.RequestAborted.IsCancellationRequested) return;
        LogFailed(context.Request.Method, service, failure.Error, failure.Exception?.Message ?? "");
        if (context.Response.HasStarted) return;
        var error = context.Response.StatusCode switch
        {
            _ when neverSent => GatewayError.NoReplica,
            StatusCodes.Status504GatewayTimeout => GatewayError.TimedOut,
            >= 400 and < 500 => GatewayError.BadRequest(context.Response.StatusCode),
            _ when gone && !RetryRules.IsSafe(context.Request.Method) => GatewayError.OutcomeUnknown,
            _ => GatewayError.BadAnswer,
        };
        context.Response.Clear();
        await errors.WriteAsync(context, error);
    }

    [LoggerMessage(1101, LogLevel.Warning, "No replica of {Service} is there")]
    private partial void LogNoReplica(string service);

    [LoggerMessage(1102, LogLevel.Information, "{Method} goes to another replica than {Replica} ({Why})")]
    private partial void LogRetry(string method, string replica, string why);

    [LoggerMessage(1103, LogLevel.Warning, "{Method} to {Service} failed: {Error} {Message}")]
    private partial void LogFailed(string method, string service, ForwarderError error, string message);
}
