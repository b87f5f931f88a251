using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ShopSession.Web.Errors;
using ShopSession.Web.Forwarding;

namespace ShopSession.Web.Origins;

/// <summary>
/// Refuses state-changing requests that a browser sent from a page which is not the shop's. Siblings are <c>same-site</c> to one
/// another and to any stranger below the same domain, so neither SameSite cookies nor <c>Sec-Fetch-Site: same-site</c> decide; the
/// exact origin does.
/// </summary>
/// <remarks>
/// The table follows ASP.NET Core 11's own check (<c>DefaultCsrfProtection</c>): safe methods pass; a known Origin passes, unless
/// Sec-Fetch-Site calls the request cross-site; an unknown or <c>null</c> Origin is refused; without Origin only <c>same-origin</c>
/// and <c>none</c> pass; with neither header the sender is no browser and passes (HTML forms need their token all the same).
/// </remarks>
internal sealed partial class OriginCheckMiddleware(RequestDelegate next, ShopUrls urls, IHostEnvironment environment, ProblemWriter problems, ILogger<OriginCheckMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (IsSafe(request.Method) || request.Path.StartsWithSegments("/internal", StringComparison.OrdinalIgnoreCase) || IsFromTheShop(request)) return next(context);
        LogRefused(logger, request.Method, request.Path, request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        return problems.WriteAsync(context, ShopProblems.ForeignOrigin);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private bool IsFromTheShop(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (request.Headers.Origin.Count == 0) return site is "" or "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return site != "cross-site" && (urls.Origins.Contains(origin) || IsThisReplica(request, origin));
    }

    // A replica opened by its own loopback address while developing.
    private bool IsThisReplica(HttpRequest request, string origin) =>
        !environment.IsProduction() && ShopHostsMiddleware.IsLoopback(request.Host.Host) && origin == $"{request.Scheme}://{request.Host}";

    [LoggerMessage(2001, LogLevel.Warning, "Refused {Method} {Path}: Origin \"{Origin}\", Sec-Fetch-Site \"{Site}\" is not the shop")]
    private static partial void LogRefused(ILogger logger, string method, PathString path, string origin, string site);
}
