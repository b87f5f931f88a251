using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ShopSession.Sessions.Transports;

/// <summary>Writes the one cookie: opaque, widened to the parent domain, invisible to scripts. Safe for concurrent use.</summary>
internal sealed class SessionCookie(IOptions<SharedSessionOptions> options)
{
    private readonly SharedSessionOptions _options = options.Value;

    public string Name => _options.CookieName;

    public void Set(HttpContext context, SessionId id, SessionBirth birth, DateTimeOffset now) => Write(context, Name, id.Reveal(), birth, now);

    /// <summary>Writes a cookie of any name with the session cookie's attributes.</summary>
    public void Write(HttpContext context, string name, string value, SessionBirth birth, DateTimeOffset now)
    {
        var cookie = Attributes(_options.Domain);
        if (birth.IsPersistent) cookie.MaxAge = TimeSpan.FromSeconds(Math.Ceiling((birth.AbsoluteEnd - now).TotalSeconds));
        context.Response.Cookies.Append(name, value, cookie);
        NeverCache(context);
    }

    public void Delete(HttpContext context, string name)
    {
        context.Response.Cookies.Delete(name, Attributes(_options.Domain));
        NeverCache(context);
    }

    public void Clear(HttpContext context) => Delete(context, Name);

    /// <summary>
    /// Expires cookies of one of the site's names that are not the real one (configured domain, path /), which is left alone: host-only ones, those of any other domain that this host could
    /// have set it for (the site's domain was another before), and any that hide behind a path of this request.
    /// </summary>
    public void ClearStrays(HttpContext context, string name)
    {
        var domains = StrayCookieScopes.Domains(context.Request.Host.Host, _options.Domain);
        foreach (var domain in domains) Expire(context, name, domain, "/");
        foreach (var path in StrayCookieScopes.Paths(context.Request.Path.Value ?? "/"))
        {
            foreach (var domain in domains.Append(_options.Domain)) Expire(context, name, domain, path);
        }

        NeverCache(context);
    }

    private static void Expire(HttpContext context, string name, string? domain, string path)
    {
        var attributes = Attributes(domain);
        attributes.Path = path;
        context.Response.Cookies.Delete(name, attributes);
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
