using ShopSession.Sessions;

namespace ShopSession.Gateway.Balancing.Affinity;

/// <summary>
/// What stands for a session when its replica is chosen, the first that the request has: the gateway's routing cookie (which outlives the change of
/// the session's id at sign-in), the bearer token, the session's cookie. None of them: there is no session yet, and any replica will do.
/// </summary>
internal sealed class SessionKey(IConfiguration configuration)
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>The name of the session's cookie, as the services are told it.</summary>
    public string SessionCookie { get; } =
        configuration[$"{SharedSessionOptions.Section}:{nameof(SharedSessionOptions.CookieName)}"] is { Length: > 0 } name ? name : new SharedSessionOptions().CookieName;

    public string? Of(HttpRequest request)
    {
        if (RoutingCookie.Read(request) is { } route) return route;
        if (request.Headers.Authorization is [{ } header] && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return header[BearerPrefix.Length..].Trim();
        return request.Cookies[SessionCookie] is { Length: > 0 } id ? id : null;
    }
}
