using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ShopSession.Sessions.Transports;

/// <summary>Writes the one cookie: opaque, widened to the parent domain, invisible to scripts. Safe for concurrent use.</summary>
internal sealed class SessionCookie(IOptions<SharedSessionOptions> options)
{
    private readonly SharedSessionOptions _options = options.Value;

    public string Name => _options.CookieName;

    public void Set(HttpContext context, SessionId id, SessionBirth birth, DateTimeOffset now)
    {
        var cookie = Attributes(_options.Domain);
        if (birth.IsPersistent) cookie.MaxAge = TimeSpan.FromSeconds(Math.Ceiling((birth.AbsoluteEnd - now).TotalSeconds));
        context.Response.Cookies.Append(Name, id.Reveal(), cookie);
        NeverCache(context);
    }

    public void Clear(HttpContext context)
    {
        context.Response.Cookies.Delete(Name, Attributes(_options.Domain));
        NeverCache(context);
    }

    /// <summary>
    /// Expires cookies of the session's name that are not the session's: host-only ones, and any that hide behind a path of this request. The real one (parent
    /// domain, path /) is left alone.
    /// </summary>
    public void ClearStrays(HttpContext context)
    {
        context.Response.Cookies.Delete(Name, Attributes(domain: null));
        var path = context.Request.Path.Value ?? "/";
        for (var slash = path.IndexOf('/', 1); slash >= 0; slash = slash + 1 < path.Length ? path.IndexOf('/', slash + 1) : -1)
            ClearBelow(context, path[..slash]);
        if (path.Length > 1) ClearBelow(context, path);
        NeverCache(context);
    }

    private void ClearBelow(HttpContext context, string path)
    {
        foreach (var domain in new[] { null, _options.Domain })
        {
            var attributes = Attributes(domain);
            attributes.Path = path;
            context.Response.Cookies.Delete(Name, attributes);
        }
    }

    private static void NeverCache(HttpContext context) => context.Response.Headers.CacheControl = "no-store";

    private static CookieOptions Attributes(string? domain) => new()
    {
        Domain = domain,
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };
}
