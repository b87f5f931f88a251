using System.Net;
using ShopSession.Sessions.Configuration;

namespace ShopSession.Sessions.Transports;

/// <summary>Where a cookie that a request carries may have been set, besides where it belongs. A browser does not say; so all of them are tried.</summary>
internal static class StrayCookieScopes
{
    private const int MostDomains = 6;
    private const int MostPaths = 6;

    /// <summary>
    /// Host-only (<see langword="null"/>), and every parent of the host, itself included, for which a browser accepts a cookie; without the configured domain. Also the parents above that one: the
    /// domain may have been narrowed.
    /// </summary>
    public static IReadOnlyList<string?> Domains(string host, string configured)
    {
        var domains = new List<string?> { null };
        if (IPAddress.TryParse(host.Trim('[', ']'), out _)) return domains;
        for (var domain = host; domains.Count < MostDomains; domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            // A single label or a public suffix: no browser keeps a cookie for it.
            if (!domain.Contains('.', StringComparison.Ordinal) || PublicSuffixes.Contains(domain)) break;
            if (!domain.Equals(configured, StringComparison.OrdinalIgnoreCase)) domains.Add(domain.ToLowerInvariant());
        }

        return domains;
    }

    /// <summary>The paths below the root under which this request's path lies: a browser sends no cookie of another one.</summary>
    public static IReadOnlyList<string> Paths(string path)
    {
        var paths = new List<string>();
        for (var slash = path.IndexOf('/', 1); slash >= 0 && paths.Count < MostPaths - 1; slash = slash + 1 < path.Length ? path.IndexOf('/', slash + 1) : -1)
            paths.Add(path[..slash]);
        if (path.Length > 1 && !paths.Contains(path, StringComparer.Ordinal)) paths.Add(path);
        return paths;
    }
}
