using System.Globalization;

namespace ShopSession.Redis;

/// <summary>
/// The address form <c>redis://[user[:password]@]host[:port][/database][?key=value&amp;…]</c>; <c>rediss</c> is the same over TLS. The
/// keys of the query are those of the comma-separated form. Parts with reserved characters are percent-encoded.
/// </summary>
/// <remarks>https://www.iana.org/assignments/uri-schemes/prov/redis</remarks>
internal static class RedisUri
{
    private const int DefaultPort = 6379;
    private const string Form = "Write it as redis://[user:password@]host:port/database, reserved characters percent-encoded (%23 for #, %2F for /, %3F for ?, %40 for @).";

    /// <summary>Whether the text begins with a scheme. A password in the other form may hold <c>://</c> too.</summary>
    public static bool IsAddress(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        return end >= 0 && !text.AsSpan(0, end).ContainsAny(',', '=');
    }

    public static void Apply(string text, RedisClientOptions options)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            throw new FormatException($"The Redis address cannot be read. {Form}");
        // Where a reserved character of the password ended the host, what follows is part of the password, and must not be told.
        if (uri.Fragment.Length > 0 || uri.PathAndQuery.Contains('@', StringComparison.Ordinal))
            throw new FormatException($"The Redis address holds '#' or '@' behind its host, where neither belongs. {Form}");
        options.UseTls = uri.Scheme switch
        {
            "redis" => false,
            "rediss" => true,
            _ => throw new FormatException($"'{uri.Scheme}' is no scheme of a Redis address: expected redis or rediss (TLS)."),
        };
        if (uri.Host.Length == 0) throw new FormatException("The Redis address names no host.");
        ApplyUserInfo(uri.UserInfo, options);
        ApplyDatabase(uri.AbsolutePath.Trim('/'), options);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw new FormatException($"'{pair}' in the query of the Redis address is not of the form key=value.");
            RedisConnectionString.Set(Uri.UnescapeDataString(pair[..equals]), Uri.UnescapeDataString(pair[(equals + 1)..]), options);
        }

        options.EndPoints.Clear();
        options.EndPoints.Add(new RedisEndPoint(uri.DnsSafeHost, uri.Port < 0 ? DefaultPort : uri.Port));
    }

    private static void ApplyUserInfo(string userInfo, RedisClientOptions options)
    {
        if (userInfo.Length == 0) return;
        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        // The registered form: a single part is the user; the password follows a colon.
        var user = Uri.UnescapeDataString(colon < 0 ? userInfo : userInfo[..colon]);
        if (user.Length > 0) options.User = user;
        if (colon >= 0) options.Password = Uri.UnescapeDataString(userInfo[(colon + 1)..]);
    }

    private static void ApplyDatabase(string path, RedisClientOptions options)
    {
        if (path.Length == 0) return;
        if (!int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var database))
            throw new FormatException($"'/{path}' in the Redis address: expected the number of a database, for example /0.");
        options.Database = database;
    }
}
