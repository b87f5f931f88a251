using Microsoft.AspNetCore.Http;

namespace ShopSession.Web.Forwarding;

/// <summary><c>/internal/*</c> exists only for the shop's own services: everyone else is told that there is no such address.</summary>
internal sealed class InternalEndpointsMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/internal", StringComparison.OrdinalIgnoreCase) || context.Features.Get<GatewayTrust>() is { IsTrusted: true }) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
