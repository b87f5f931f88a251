using System.Globalization;

namespace Aspire.Hosting.Redis;

/// <summary>What a connection string says about where a Redis is and how to enter it. Only as much as a first greeting needs.</summary>
/// <param name="Endpoints">Its hosts and ports.</param>
/// <param name="User">The user, if not the default one.</param>
/// <param name="Password">The password, if any.</param>
/// <param name="Tls">Whether it speaks TLS.</param>
/// <param name="TlsHost">The name that its certificate must bear, if not the host.</param>
internal sealed record RedisAddress(IReadOnlyList<(string Host, int Port)> Endpoints, string? User, string? Password, bool Tls, string? TlsHost)
{
    private const int DefaultPort = 6379;

    /// <summary>Reads the form of StackExchange.Redis (<c>host:port,password=…</c>) or a URL (<c>redis://</c>, <c>rediss://</c>).</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static RedisAddress Parse(string text) =>
        text.Contains("://", StringComparison.Ordinal) ? ParseUrl(text) : ParseList(text);

    public override string ToString() => string.Join(", ", Endpoints.Select(endpoint => $"{endpoint.Host}:{endpoint.Port}"));

    private static RedisAddress ParseUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss") || url.Host.Length == 0)
            throw new FormatException("it is neither host:port,… nor redis://host:port nor rediss://host:port");
        var user = url.UserInfo.Split(':', 2);
        return new(
            [(url.Host, url.Port > 0 ? url.Port : DefaultPort)],
            user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            url.Scheme == "rediss", null);
    }

    private static RedisAddress ParseList(string text)
    {
        var endpoints = new List<(string, int)>();
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                options[part[..equals].Trim()] = part[(equals + 1)..].Trim();
            else
                endpoints.Add(ParseEndpoint(part));
        }

        if (endpoints.Count == 0)
            throw new FormatException("it names no host");
        return new(endpoints, options.GetValueOrDefault("user"), options.GetValueOrDefault("password"),
            bool.TryParse(options.GetValueOrDefault("ssl"), out var tls) && tls, options.GetValueOrDefault("sslHost"));
    }

    private static (string Host, int Port) ParseEndpoint(string part)
    {
        var colon = part.LastIndexOf(':');
        if (colon < 0 || part.EndsWith(']'))
            return (part.Trim('[', ']'), DefaultPort);
        return int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 && colon > 0
            ? (part[..colon].Trim('[', ']'), port)
            : throw new FormatException($"'{part}' is not host:port");
    }
}
