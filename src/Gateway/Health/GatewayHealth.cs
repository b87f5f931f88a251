using System.Globalization;
using ShopSession.Gateway.Routing;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Health;

/// <summary>The gateway's own <c>/health</c> (each service has a ready replica) and <c>/alive</c>. What stands behind is told on the machine's own addresses only.</summary>
internal sealed class GatewayHealth(IProxyStateLookup proxy)
{
    public static Task AliveAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, "Healthy");

    public Task HealthAsync(HttpContext context)
    {
        var services = proxy.GetClusters().OrderBy(service => service.ClusterId, StringComparer.Ordinal).ToList();
        var ready = services.All(service => Ready(service) > 0);
        var text = ready ? "Healthy" : "Unhealthy";
        if (ShopHosts.IsMachine(context.Request.Host))
            text += string.Concat(services.Select(service => string.Create(CultureInfo.InvariantCulture, $"\n{service.ClusterId}: {Ready(service)} of {service.Destinations.Count} ready")));
        return WriteAsync(context, ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, text);
    }

    private static int Ready(ClusterState service) => service.Destinations.Values.Count(ReplicaStates.IsReady);

    private static Task WriteAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
