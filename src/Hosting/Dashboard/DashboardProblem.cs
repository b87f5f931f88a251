using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>Errors of the API, as problem details (RFC 9457).</summary>
internal static class DashboardProblem
{
    public static Task WriteAsync(HttpContext context, int status, string type, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new { type = TypeOf(type), title = detail, status }, options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    public static IResult Result(int status, string type, string detail) => Results.Problem(title: detail, statusCode: status, type: TypeOf(type));

    private static string TypeOf(string name) => $"https://shop.localhost/problems/{name}";
}
