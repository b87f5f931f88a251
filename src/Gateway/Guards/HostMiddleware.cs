using ShopSession.Gateway.Errors;
using ShopSession.Gateway.Routing;

namespace ShopSession.Gateway.Guards;

/// <summary>Only the shop's own hosts are answered; a name that is not one of them gets 404 and never a cookie. Health is also told on the machine's addresses.</summary>
internal sealed class HostMiddleware(RequestDelegate next, ShopHosts hosts, ErrorResponder errors)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        var answered = hosts.IsShop(host) || (ShopHosts.IsMachine(host) && PathMiddleware.IsOwn(context.Request.Path));
        return answered ? next(context) : errors.WriteAsync(context, GatewayError.UnknownHost);
    }
}
