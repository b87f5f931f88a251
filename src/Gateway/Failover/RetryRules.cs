using System.Net.Sockets;
using Yarp.ReverseProxy.Forwarder;

namespace ShopSession.Gateway.Failover;

/// <summary>
/// When a request may go to another replica. Safe methods (RFC 9110 §9.2.1) may be repeated; everything else only when it was certainly
/// never sent, also with an Idempotency-Key: whether a repetition is right is for the client to say, which knows what it wants.
/// </summary>
internal static class RetryRules
{
    /// <summary>How often a safe request is really sent. More would let one request that crashes replicas take them all.</summary>
    public const int MostSends = 3;

    public static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Whether the replica, and not the client or the content, is what failed: no connection, or one that was cut.</summary>
    public static bool IsReplicaGone(IForwarderErrorFeature failure) => failure.Error switch
    {
        ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination or ForwarderError.UpgradeRequestDestination
            => IsConnectionLoss(failure.Exception),
        _ => false,
    };

    /// <summary>The connection was never made, so nothing was sent.</summary>
    public static bool IsConnectFailure(Exception? exception) =>
        Chain(exception).Any(link => link is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError });

    private static bool IsConnectionLoss(Exception? exception) =>
        Chain(exception).Any(link => link is SocketException or IOException
            or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ResponseEnded });

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is AggregateException many)
            {
                foreach (var inner in many.InnerExceptions.SelectMany(Chain)) yield return inner;
                yield break;
            }
            yield return exception;
        }
    }
}
