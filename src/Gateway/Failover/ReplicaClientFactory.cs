using Yarp.ReverseProxy.Forwarder;

namespace ShopSession.Gateway.Failover;

/// <summary>Makes the clients that talk to the replicas.</summary>
internal sealed class ReplicaClientFactory(ILogger<ForwarderHttpClientFactory> logger) : ForwarderHttpClientFactory(logger)
{
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = TimeSpan.FromSeconds(2);
        // Well below the 130 s after which Kestrel closes an idle connection: a request is not sent into a connection that is being closed.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60);
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        new SendTrackingHandler(base.WrapHandler(context, handler));
}
