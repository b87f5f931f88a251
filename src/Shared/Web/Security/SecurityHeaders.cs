using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ShopSession.Sessions;
using ShopSession.Sessions.Transports;

namespace ShopSession.Web.Security;

/// <summary>The headers that every response carries, whatever made it. An endpoint may set a stricter value of its own.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var urls = app.Services.GetRequiredService<ShopUrls>();
        var https = app.Services.GetRequiredService<IOptions<ShopOptions>>().Value.Scheme == "https";
        var idsInUrls = app.Services.GetRequiredService<IOptions<SharedSessionOptions>>().Value.Transport == SessionTransports.Url;
        var headers = Values(urls, https, idsInUrls);
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var (response, values) = ((HttpResponse, KeyValuePair<string, string>[]))state;
                foreach (var (name, value) in values) response.Headers.TryAdd(name, value);
                return Task.CompletedTask;
            }, (context.Response, headers));
            return next(context);
        });
    }

    private static KeyValuePair<string, string>[] Values(ShopUrls urls, bool https, bool idsInUrls)
    {
        var siblings = string.Join(' ', urls.Origins.Order(StringComparer.Ordinal));
        // Where links carry the session's id, scripts would ask without it and be strangers. All pages work without them.
        // form-action also rules redirects that follow a form, so every sibling is named.
        var policy = $"default-src 'none'; script-src {(idsInUrls ? "'none'" : "'self'")}; style-src 'self'; img-src 'self' data: {siblings}; font-src 'self'; connect-src 'self' {siblings}; "
            + $"form-action 'self' {siblings}; manifest-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'{(https ? "; upgrade-insecure-requests" : "")}";
        var headers = new List<KeyValuePair<string, string>>
        {
            new("Content-Security-Policy", policy),
            new("X-Content-Type-Options", "nosniff"),
            // Where addresses carry the id, as browsers did by themselves until 2020: that is the leak to be seen. What they do by themselves today would hide it.
            new("Referrer-Policy", idsInUrls ? "no-referrer-when-downgrade" : "strict-origin-when-cross-origin"),
            new("Cross-Origin-Opener-Policy", "same-origin"),
            // Pictures of the catalog are shown by its siblings: same-site, not same-origin.
            new("Cross-Origin-Resource-Policy", "same-site"),
            new("Origin-Agent-Cluster", "?1"),
            new("Permissions-Policy", "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"),
        };
        if (https) headers.Add(new("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));
        return [.. headers];
    }
}
