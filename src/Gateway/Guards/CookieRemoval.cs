namespace ShopSession.Gateway.Guards;

/// <summary>Tells a browser to forget every cookie that it sent, wherever under the shop's domain it may have been set.</summary>
internal static class CookieRemoval
{
    /// <summary>Browsers keep about 180 cookies per site and refuse answers with more than 256 KiB of headers.</summary>
    private const int MostNames = 200;

    private const int MostHeaderCharacters = 160 * 1024;

    public static void Apply(HttpContext context, string domain)
    {
        var headers = context.Response.Headers;
        // One word where it is understood: it removes the cookies of the whole site, whatever their path.
        headers["Clear-Site-Data"] = "\"cookies\"";

        var written = 0;
        var setCookie = new List<string>();
        foreach (var name in Names(context.Request.Headers.Cookie))
        {
            foreach (var path in Paths(context.Request.Path.Value ?? "/"))
            {
                foreach (var scope in Scopes(context.Request.Host.Host, domain))
                {
                    var line = $"{name}=; Path={path}; {scope}Max-Age=0; Secure; HttpOnly; SameSite=Lax";
                    written += line.Length;
                    if (written > MostHeaderCharacters) break;
                    setCookie.Add(line);
                }
            }
        }
        headers.SetCookie = setCookie.ToArray();
    }

    // From the raw header: the parsed collection merges names that differ in case only, and the browser tells them apart.
    private static IEnumerable<string> Names(IEnumerable<string?> lines) =>
        lines.SelectMany(line => (line ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(pair => pair.Split('=', 2)[0].Trim())
            .Where(name => name.Length is > 0 and <= 256 && name.All(IsTokenCharacter))
            .Distinct(StringComparer.Ordinal)
            .Take(MostNames);

    // A cookie is only sent to paths below its own, so its path is a prefix of this request's.
    private static IEnumerable<string> Paths(string path)
    {
        yield return "/";
        var first = path.Split('/', 3, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (first is not null && first.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')) yield return $"/{first}";
    }

    private static IEnumerable<string> Scopes(string host, string domain)
    {
        yield return "";
        yield return $"Domain={domain}; ";
        if (!host.Equals(domain, StringComparison.OrdinalIgnoreCase)) yield return $"Domain={host.ToLowerInvariant()}; ";
    }

    private static bool IsTokenCharacter(char letter) => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal);
}
