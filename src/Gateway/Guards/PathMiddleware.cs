using ShopSession.Gateway.Errors;
using ShopSession.Gateway.Health;

namespace ShopSession.Gateway.Guards;

/// <summary>
/// What services tell one another and the machine is not for the public: <c>/internal</c>, <c>/health</c> and <c>/alive</c> of services
/// are never forwarded, however the path is spelt. The last two are answered by the gateway for itself.
/// </summary>
internal sealed class PathMiddleware(RequestDelegate next, GatewayHealth health, ErrorResponder errors)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.Equals("/health", StringComparison.OrdinalIgnoreCase)) return health.HealthAsync(context);
        if (path.Equals("/alive", StringComparison.OrdinalIgnoreCase)) return GatewayHealth.AliveAsync(context);
        return IsPrivate(path.Value) ? errors.WriteAsync(context, GatewayError.NotFound) : next(context);
    }

    public static bool IsOwn(PathString path) =>
        path.Equals("/health", StringComparison.OrdinalIgnoreCase) || path.Equals("/alive", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Looks at the first segment after everything that some reader of the path could take for a slash or leave out: repeated and
    /// encoded slashes, backslashes, dots, parameters after a semicolon, one more layer of percent-encoding.
    /// </summary>
    internal static bool IsPrivate(string? path)
    {
        if (string.IsNullOrEmpty(path)) return false;
        var plain = path.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(path) : path;
        var first = plain.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(segment => segment.Trim('.').Length > 0);
        if (first is null) return false;
        var name = first.Split(';', 2)[0].Trim();
        return name.Equals("internal", StringComparison.OrdinalIgnoreCase)
            || name.Equals("health", StringComparison.OrdinalIgnoreCase)
            || name.Equals("alive", StringComparison.OrdinalIgnoreCase);
    }
}
