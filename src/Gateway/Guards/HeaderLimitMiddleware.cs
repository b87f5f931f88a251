using Microsoft.Extensions.Options;
using ShopSession.Gateway.Configuration;
using ShopSession.Gateway.Errors;
using ShopSession.Gateway.Routing;

namespace ShopSession.Gateway.Guards;

/// <summary>
/// Refuses headers that the services could not take in full. Where cookies are the reason, and a page on a sibling can plant hundreds of
/// them, the answer also removes them: else the browser would send them again and the user would be locked out until they expire.
/// </summary>
internal sealed class HeaderLimitMiddleware(RequestDelegate next, ErrorResponder errors, ShopHosts hosts, IOptions<GatewayOptions> options)
{
    /// <summary>Kestrel in the services takes 100; the gateway adds a few.</summary>
    private const int MostHeaders = 80;

    private readonly int _mostBytes = options.Value.MaxHeaderBytes;

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var bytes = 0;
        var count = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                count++;
                // ": " and the line end count too, as they do for Kestrel's own limit.
                bytes += name.Length + (value?.Length ?? 0) + 4;
            }
        }
        if (bytes <= _mostBytes && count <= MostHeaders) return next(context);

        // Only where the cookies are the shop's to remove, and alone enough of the problem that removing them helps.
        var cookies = headers.Cookie.Sum(value => value?.Length ?? 0);
        if (cookies > _mostBytes / 2 && hosts.IsShop(context.Request.Host)) CookieRemoval.Apply(context, hosts.Domain);
        return errors.WriteAsync(context, GatewayError.HeadersTooLarge);
    }
}
