using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ShopSession.Web.Errors;

/// <summary>Answers with a problem: a page in the shop's look when a browser asked for one, else <c>application/problem+json</c>.</summary>
internal sealed class ProblemWriter(ErrorPage page)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public Task WriteAsync(HttpContext context, ShopProblem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait) response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;
        return WantsPage(context.Request) ? page.WriteAsync(context, problem) : WriteJsonAsync(context, problem);
    }

    /// <summary>A browser says that it takes HTML; programs that say nothing, or talk to the API, get JSON.</summary>
    public static bool WantsPage(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/internal", StringComparison.OrdinalIgnoreCase)) return false;
        foreach (var value in request.GetTypedHeaders().Accept)
        {
            if (value.Quality is 0) continue;
            if (value.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) || value.MediaType.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static Task WriteJsonAsync(HttpContext context, ShopProblem problem)
    {
        var body = new Dictionary<string, object?>
        {
            ["type"] = problem.Type,
            ["title"] = problem.Title,
            ["status"] = problem.Status,
            ["detail"] = problem.Detail,
            ["instance"] = context.Request.Path.Value,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        };
        if (problem.Errors.Count > 0) body["errors"] = problem.Errors;
        foreach (var (name, value) in problem.Extensions) body[name] = value;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(JsonSerializer.Serialize(body, Json), context.RequestAborted);
    }
}
