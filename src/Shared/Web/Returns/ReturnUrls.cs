using Microsoft.AspNetCore.Http;

namespace ShopSession.Web.Returns;

/// <summary>
/// Decides where a visitor may be sent back to: a path of the same host, or an absolute address of one of the shop's exact origins.
/// Everything else leads home, so that no link of the shop can be made to lead elsewhere. Safe for concurrent use.
/// </summary>
/// <remarks>
/// The rule is an allow-list on the parsed and re-serialised address, not a search for bad patterns; what a browser might read
/// differently (backslashes, control characters, dot segments, encoded slashes, non-ASCII) is refused before parsing.
/// </remarks>
public sealed class ReturnUrls(ShopUrls urls)
{
    /// <summary>The longest address that is accepted, in characters.</summary>
    public const int MaxLength = 2048;

    private static readonly string[] NoWayBack = ["/logout", "/login", "/register"];

    /// <summary>Checks <paramref name="returnUrl"/>; when it is acceptable, <paramref name="safe"/> is the form to redirect to.</summary>
    public bool TryAccept(string? returnUrl, out string safe) => TryAccept(returnUrl, staying: false, out safe);

    /// <summary><paramref name="returnUrl"/> when it is acceptable, else the storefront.</summary>
    public string OrHome(string? returnUrl) => TryAccept(returnUrl, out var safe) ? safe : urls.Home();

    /// <summary>The same for somebody who only changed how the page is shown: they may stay on the pages of signing in, which are no place to come back to.</summary>
    public string OrHomeStaying(string? returnUrl) => TryAccept(returnUrl, staying: true, out var safe) ? safe : urls.Home();

    /// <summary>The absolute address of the page that was asked for, to come back to after signing in.</summary>
    public string Here(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var here = $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}{request.QueryString}";
        return OrHome(here);
    }

    private bool TryAccept(string? returnUrl, bool staying, out string safe)
    {
        safe = "";
        if (string.IsNullOrEmpty(returnUrl) || returnUrl.Length > MaxLength || !HasOnlySafeCharacters(returnUrl)) return false;
        if (returnUrl[0] == '/') return TryAcceptPath(returnUrl, staying, ref safe);
        // The authority is compared as written: a parser would silently repair "https:host", upper case or a user name.
        foreach (var origin in urls.Origins)
        {
            if (!returnUrl.StartsWith(origin, StringComparison.Ordinal)) continue;
            var rest = returnUrl[origin.Length..];
            if (rest.Length > 0 && rest[0] is not ('/' or '?')) continue;
            if (rest.Length == 0 || rest[0] == '?') rest = "/" + rest;
            if (!TryAcceptPath(rest, staying, ref safe)) return false;
            safe = origin + safe;
            return true;
        }

        return false;
    }

    private static bool TryAcceptPath(string path, bool staying, ref string safe)
    {
        if (path.StartsWith("//", StringComparison.Ordinal)) return false;
        var end = path.AsSpan().IndexOfAny('?', '#');
        var bare = end < 0 ? path : path[..end];
        if (bare.Contains("%2f", StringComparison.OrdinalIgnoreCase) || bare.Contains("%5c", StringComparison.OrdinalIgnoreCase)) return false;
        var segments = bare.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            if ((segments[i].Length == 0 && i < segments.Length - 1) || IsDotSegment(segments[i])) return false;
        }

        // Coming back to these would sign the visitor out again, or walk in a circle.
        if (!staying && NoWayBack.Any(page => bare.TrimEnd('/').Equals(page, StringComparison.OrdinalIgnoreCase))) return false;
        safe = path;
        return true;
    }

    private static bool IsDotSegment(string segment) =>
        segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase) is "." or "..";

    private static bool HasOnlySafeCharacters(string url)
    {
        foreach (var c in url)
        {
            if (c is <= ' ' or >= '\x7f' or '\\' or '<' or '>' or '"') return false;
        }

        for (var at = url.IndexOf('%', StringComparison.Ordinal); at >= 0; at = url.IndexOf('%', at + 1))
        {
            if (at + 2 >= url.Length || !char.IsAsciiHexDigit(url[at + 1]) || !char.IsAsciiHexDigit(url[at + 2])) return false;
            // %00-%1f and %7f: control characters in disguise.
            if (url[at + 1] is '0' or '1' || (url[at + 1] == '7' && url[at + 2] is 'f' or 'F')) return false;
        }

        return true;
    }
}
