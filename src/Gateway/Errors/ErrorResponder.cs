using System.Globalization;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using ShopSession.Gateway.Routing;
using ShopSession.Gateway.Telemetry;
using ShopSession.Web.Localization;

namespace ShopSession.Gateway.Errors;

/// <summary>Writes the gateway's own answers: a page for browsers, problem details (RFC 9457) for everybody else. Never a cookie, never a cause from inside.</summary>
internal sealed class ErrorResponder(ShopHosts hosts, GatewayName name, GatewayMetrics metrics)
{
    public async Task WriteAsync(HttpContext context, GatewayError error)
    {
        metrics.Refused(error.Type);
        var response = context.Response;
        response.StatusCode = error.Status;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (name.Value is { } replica) response.Headers[GatewayName.Header] = replica;
        response.Headers.Vary = "Accept, Accept-Language, Cookie";
        if (error.RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (error == GatewayError.MethodRefused) response.Headers.Allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

        var (type, body) = WantsPage(context.Request) ? ("text/html; charset=utf-8", Page(context, error)) : ("application/problem+json", Problem(error));
        response.ContentType = type;
        response.ContentLength = System.Text.Encoding.UTF8.GetByteCount(body);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await response.WriteAsync(body, context.RequestAborted);
    }

    private static bool WantsPage(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
        && accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) && type.Quality is not 0);

    private string Page(HttpContext context, GatewayError error)
    {
        context.Response.Headers.ContentSecurityPolicy = ErrorPage.ContentSecurityPolicy;
        // The visitor is brought back without a click where repeating is harmless.
        var reload = HttpMethods.IsGet(context.Request.Method) ? error.RetryAfter : null;
        var home = hosts.IsShop(context.Request.Host) ? Home(context.Request) : null;
        return ErrorPage.Render(error, reload, home, VisitorLanguage.Of(context.Request));
    }

    private string Home(HttpRequest request) =>
        request.Host.Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{request.Scheme}://{hosts.Domain}:{port}/") : $"{request.Scheme}://{hosts.Domain}/";

    private static string Problem(GatewayError error) =>
        JsonSerializer.Serialize(
            new ProblemBody($"https://shop.localhost/problems/{error.Type}", error.Title, error.Status, error.Detail),
            GatewayJson.Default.ProblemBody);
}
