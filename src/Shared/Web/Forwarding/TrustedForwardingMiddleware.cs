using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace ShopSession.Web.Forwarding;

/// <summary>
/// Takes the client's address, the scheme and the host from <c>X-Forwarded-*</c> on requests that carry the gateway key, and drops
/// those headers from all others, so that nothing behind this point can be fooled by them. The key itself goes no further either.
/// </summary>
internal sealed class TrustedForwardingMiddleware(RequestDelegate next, GatewayKey key)
{
    private static readonly SearchValues<char> NotInHost = SearchValues.Create("/\\@?# ");
    private static readonly string[] ForwardingHeaders = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Port", "Forwarded"];

    public Task InvokeAsync(HttpContext context)
    {
        var trusted = key.IsCarriedBy(context.Request);
        if (trusted) Apply(context);
        context.Features.Set(new GatewayTrust(trusted));
        foreach (var header in ForwardingHeaders) context.Request.Headers.Remove(header);
        context.Request.Headers.Remove(GatewayKey.Header);
        return next(context);
    }

    private static void Apply(HttpContext context)
    {
        var headers = context.Request.Headers;
        // The gateway's own entry is the last one; what stands before it came from outside.
        if (Last(headers["X-Forwarded-For"]) is { } forwardedFor && Address(forwardedFor) is { } client)
        {
            context.Connection.RemoteIpAddress = client;
            context.Connection.RemotePort = 0;
        }

        if (Last(headers["X-Forwarded-Proto"]) is "http" or "https") context.Request.Scheme = Last(headers["X-Forwarded-Proto"])!;
        if (Last(headers["X-Forwarded-Host"]) is { Length: > 0 and < 256 } host && !host.AsSpan().ContainsAny(NotInHost)) context.Request.Host = new HostString(host);
    }

    private static string? Last(Microsoft.Extensions.Primitives.StringValues values) =>
        values.Count == 0 ? null : values[^1]?.Split(',')[^1].Trim();

    private static IPAddress? Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : IPEndPoint.TryParse(text, out var endpoint) ? endpoint.Address : null;
}

/// <summary>Whether the request came from the gateway or a sibling service.</summary>
internal sealed record GatewayTrust(bool IsTrusted);
