using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace ShopSession.Gateway.Balancing.Affinity;

/// <summary>
/// The gateway's own cookie under the session-hash policies: random, says nothing of session, user or replica, and lives exactly as long as the
/// session's cookie, on the same domain. Its hash leads to the replica that made the session.
/// </summary>
internal static class RoutingCookie
{
    public const string Name = "__Secure-shop.route";

    private const int RandomBytes = 16;
    private const int Length = 22;

    private static readonly SearchValues<char> Base64UrlLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The request's routing key; <see langword="null"/> when there is none or it is not one of ours.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[Name] is { Length: Length } value && !value.AsSpan().ContainsAnyExcept(Base64UrlLetters) ? value : null;

    /// <summary>A new random key.</summary>
    public static string Draw() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static void Set(HttpContext context, string value, string domain, TimeSpan? maxAge)
    {
        var cookie = Attributes(domain);
        cookie.MaxAge = maxAge;
        context.Response.Cookies.Append(Name, value, cookie);
    }

    public static void Clear(HttpContext context, string domain) => context.Response.Cookies.Delete(Name, Attributes(domain));

    private static CookieOptions Attributes(string domain) => new()
    {
        Domain = domain,
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };
}
