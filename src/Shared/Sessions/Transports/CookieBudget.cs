using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Diagnostics;

namespace ShopSession.Sessions.Transports;

/// <summary>
/// Watches the size of the Cookie header, which all siblings fill and every request carries: above the budget it tells the log and the metrics, and expires strays of the site's own names. The
/// last resort, a header that no server takes any more, is the gateway's (431 with a page that clears the cookies). Safe for concurrent use.
/// </summary>
internal sealed class CookieBudget(SessionCookie cookie, SessionMetrics metrics, IOptions<SharedSessionOptions> options, TimeProvider time, ILogger<CookieBudget> logger)
{
    /// <summary>A client that keeps sending too much must not fill the log.</summary>
    private static readonly TimeSpan WarningInterval = TimeSpan.FromMinutes(1);

    private readonly SharedSessionOptions _options = options.Value;
    private long _nextWarning = long.MinValue;

    public void Check(HttpContext context)
    {
        var headers = context.Request.Headers.Cookie;
        if (headers.Count == 0) return;
        var bytes = 0;
        foreach (var header in headers) bytes += header?.Length ?? 0;
        metrics.CookieHeader(bytes);
        if (bytes <= _options.CookieBudgetBytes) return;

        metrics.CookiesOverBudget();
        var strays = 0;
        foreach (var name in _options.OwnCookies.Prepend(_options.CookieName).Distinct(StringComparer.Ordinal))
        {
            var count = RawCookieHeader.Values(headers, name).Count;
            if (count < 2) continue;
            strays += count - 1;
            cookie.ClearStrays(context, name);
        }

        var now = time.GetUtcNow().UtcTicks;
        var due = Interlocked.Read(ref _nextWarning);
        if (now >= due && Interlocked.CompareExchange(ref _nextWarning, now + WarningInterval.Ticks, due) == due)
            SessionLog.CookiesOverBudget(logger, bytes, _options.CookieBudgetBytes, strays);
    }
}
