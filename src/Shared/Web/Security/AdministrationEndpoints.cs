using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ShopSession.Web.Security;

/// <summary>The administrators' JSON API.</summary>
public static class AdministrationEndpoints
{
    /// <summary>
    /// Maps a group below <c>/api/admin</c>: 401 for who is not signed in, 403 for who has not the role, and nothing of it may be cached. State-changing requests are held to the same rules of origin as
    /// everywhere.
    /// </summary>
    /// <param name="app">The service.</param>
    /// <param name="path">The rest of the address, for example <c>/products</c>.</param>
    public static RouteGroupBuilder MapAdministration(this IEndpointRouteBuilder app, string path)
    {
        var group = app.MapGroup("/api/admin" + path).RequireAuthorization(new AdministratorsOnlyAttribute());
        group.AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        return group;
    }
}
