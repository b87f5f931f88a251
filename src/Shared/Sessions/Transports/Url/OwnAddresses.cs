using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.Transports.Url;

/// <summary>Puts an id into the addresses that lead to the site's own hosts, and takes an old one out; all other addresses stay as they are.</summary>
/// <param name="parameter">The query value's name.</param>
/// <param name="id">The id; <see langword="null"/>: there is no session, so none is put in.</param>
/// <param name="hosts">The site's hosts, without port.</param>
/// <param name="current">The host and port under which the site is asked.</param>
internal sealed class OwnAddresses(string parameter, string? id, IEnumerable<string> hosts, HostString current)
{
    private readonly HashSet<string> _hosts = new(hosts.Append(current.Host), StringComparer.OrdinalIgnoreCase);

    public string Parameter => parameter;

    public string? Id => id;

    /// <summary>The address with the id where it is one of the site's.</summary>
    public string Put(string address)
    {
        if (!IsOwn(address)) return address;
        var fragment = address.IndexOf('#', StringComparison.Ordinal);
        var (rest, anchor) = fragment < 0 ? (address, "") : (address[..fragment], address[fragment..]);
        if (rest.Length == 0) return address;
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? rest : rest[..question];
        var values = (question < 0 ? "" : rest[(question + 1)..]).Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => pair.Split('=')[0] != parameter);
        if (id is not null) values = values.Append($"{parameter}={id}");
        var query = string.Join('&', values);
        return query.Length == 0 ? path + anchor : $"{path}?{query}{anchor}";
    }

    /// <summary>A path, or an absolute address under one of the hosts and the port that the site is asked under. A port of its own is another server.</summary>
    public bool IsOwn(string address)
    {
        if (address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith("/\\", StringComparison.Ordinal)) return false;
        if (!address.Contains(':', StringComparison.Ordinal) || address[0] is '/' or '?' or '#') return true;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && _hosts.Contains(uri.Host)
            && uri.Port == (current.Port ?? (uri.Scheme == "https" ? 443 : 80));
    }
}
