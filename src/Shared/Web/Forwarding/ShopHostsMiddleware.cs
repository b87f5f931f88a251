using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace ShopSession.Web.Forwarding;

/// <summary>
/// Answers only for the shop's exact hosts, so that no page, cookie or link is ever made for a foreign name. Health and internal
/// addresses are asked for by IP address. Outside Production a replica may also be opened by its own loopback address.
/// </summary>
internal sealed class ShopHostsMiddleware(RequestDelegate next, ShopUrls urls, IHostEnvironment environment)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (urls.Hosts.Contains(context.Request.Host.Host) || IsForMachines(context.Request.Path) || (!environment.IsProduction() && IsLoopback(context.Request.Host.Host))) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    internal static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsForMachines(PathString path) =>
        path.StartsWithSegments("/internal", StringComparison.OrdinalIgnoreCase) || path == "/health" || path == "/alive";
}
