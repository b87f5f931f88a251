using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Keeps web pages that the user happens to visit away from the runner. Reading: only under a loopback name, so that no foreign domain that was
/// rebound to 127.0.0.1 gets an answer. Changing: only with the token, which a foreign page does not have, and from no other origin.
/// </summary>
internal sealed class DashboardGuard(string token)
{
    public const string TokenHeader = "X-Runner-Token";

    private readonly byte[] _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (!IsLoopbackName(context.Request.Host.Host))
            await DashboardProblem.WriteAsync(context, StatusCodes.Status421MisdirectedRequest, "unknown-host", "The runner answers under localhost only.");
        else if (!IsOwnOrigin(context.Request))
            await DashboardProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "foreign-origin", "The runner takes no requests from other sites.");
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HasToken(context.Request))
            await DashboardProblem.WriteAsync(
                context, StatusCodes.Status401Unauthorized, "runner-token", $"Changes need the header {TokenHeader} with the token that the runner printed at start.");
        else
            await next(context);
    }

    private static bool IsLoopbackName(string host) => host is "localhost" or "127.0.0.1" or "[::1]" or "::1";

    private static bool IsOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return (origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            && (site is "" or "same-origin" or "none" || IsPageVisit(request));
    }

    /// <summary>Following a link to the page is harmless, wherever the link stands.</summary>
    private static bool IsPageVisit(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path == "/" && request.Headers["Sec-Fetch-Mode"] == "navigate";

    private bool HasToken(HttpRequest request) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString())), _token);
}
