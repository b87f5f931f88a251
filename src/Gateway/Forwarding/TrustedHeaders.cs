using System.Net;
using Microsoft.Extensions.Options;
using ShopSession.Gateway.Configuration;
using ShopSession.Gateway.Failover;
using ShopSession.Gateway.Health;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ShopSession.Gateway.Forwarding;

/// <summary>
/// What services may believe of a request: client address, scheme and host come from the connection itself, shown to be the
/// gateway's by its key. Whatever of the kind a client sends is dropped.
/// </summary>
internal static class TrustedHeaders
{
    public const string GatewayKey = "X-Shop-Gateway-Key";

    private static readonly string[] OnlyOurs =
    [
        GatewayKey, "Forwarded", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Rewrite-URL", "X-HTTP-Method-Override",
    ];

    private static readonly string[] OnlyOursPrefixes = ["X-Forwarded-", "X-Original-"];

    public static void Apply(TransformBuilderContext route)
    {
        var monitor = route.Services.GetRequiredService<ReplicaMonitor>();
        var key = route.Services.GetRequiredService<IOptions<ShopAddressOptions>>().Value.GatewayKey;
        route.UseDefaultForwarders = false;
        route.AddOriginalHost();
        route.AddRequestTransform(request =>
        {
            DropForged(request);
            Describe(request, key, monitor);
            return ValueTask.CompletedTask;
        });
        route.AddResponseTransform(static response =>
        {
            response.HttpContext.Response.Headers.Remove("Server");
            response.HttpContext.Response.Headers.Remove("X-Powered-By");
            return ValueTask.CompletedTask;
        });
    }

    internal static bool IsForged(string header) =>
        OnlyOurs.Contains(header, StringComparer.OrdinalIgnoreCase) || OnlyOursPrefixes.Any(prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static void DropForged(RequestTransformContext request)
    {
        foreach (var header in request.HttpContext.Request.Headers.Keys)
            if (IsForged(header)) RequestTransform.RemoveHeader(request, header);
        // The gateway itself asks the client for the body; a service that waited to be asked would only add a round trip.
        RequestTransform.RemoveHeader(request, "Expect");
    }

    private static void Describe(RequestTransformContext request, string key, ReplicaMonitor monitor)
    {
        var incoming = request.HttpContext.Request;
        var headers = request.ProxyRequest.Headers;
        // Hosts are equal whatever their case; services and their links see one spelling.
        var host = incoming.Host.ToString().ToLowerInvariant();
        headers.Host = host;
        headers.TryAddWithoutValidation("X-Forwarded-For", Text(request.HttpContext.Connection.RemoteIpAddress));
        headers.TryAddWithoutValidation("X-Forwarded-Proto", incoming.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", host);
        if (key.Length > 0) headers.TryAddWithoutValidation(GatewayKey, key);
        if (request.HttpContext.Features.Get<ForwardAttempt>() is not { } attempt) return;
        if (request.HttpContext.GetReverseProxyFeature().ProxiedDestination is { } replica) attempt.Silence = monitor.NextSilence(replica);
        request.ProxyRequest.Options.Set(ForwardAttempt.Key, attempt);
    }

    private static string Text(IPAddress? address) =>
        address is null ? "unknown" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
