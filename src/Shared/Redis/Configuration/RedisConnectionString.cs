using System.Globalization;

namespace ShopSession.Redis;

/// <summary>
/// The comma-separated form of StackExchange.Redis: <c>host:port,host:port,password=…,ssl=true</c>. Its keys are taken over where
/// this client has the ability, accepted without effect where it needs none, and refused where leaving them out would do harm.
/// </summary>
internal static class RedisConnectionString
{
    private const int DefaultPort = 6379;
    private const int DefaultTlsPort = 6380;

    // Settings of that client's inner workings, without a counterpart here.
    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase)
    {
        "abortConnect", "allowAdmin", "configChannel", "configCheckSeconds", "connectRetry", "highIntegrity", "keepAlive", "libName",
        "resolveDns", "responseTimeout", "setlib", "sslProtocols", "tiebreaker", "version", "writeBuffer", "checkCertificateRevocation",
    };

    // Refused with a reason of their own, see Set.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase) { "serviceName", "channelPrefix", "proxy", "tunnel" };

    private const string Known = "user, password, defaultDatabase, name, ssl, sslHost, caCertificate, protocol, connectTimeout, asyncTimeout, syncTimeout, cluster";

    public static void Apply(string text, RedisClientOptions options)
    {
        var hosts = new List<string>();
        var hasPassword = false;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? "" : part[..equals].Trim();
            // What stands behind a password and is no setting may be the rest of it, after a comma: then it is neither a host nor to be told.
            if (hasPassword && (equals < 0 ? hosts.Count > 0 || !IsEndPoint(part) : !IsSetting(key)))
                throw new FormatException(
                    $"The Redis connection string holds something behind its password that is no setting. Put hosts first; known settings are {Known}. A password with a comma needs the form redis://:password@host:port, percent-encoded (%2C).");
            if (equals < 0) hosts.Add(part);
            else Set(key, part[(equals + 1)..].Trim(), options);
            hasPassword |= key.Equals("password", StringComparison.OrdinalIgnoreCase);
        }

        if (hosts.Count == 0)
            throw new FormatException("The Redis connection string names no server. Write it as host:port[,password=…][,ssl=true] or redis://host:port.");
        options.EndPoints.Clear();
        foreach (var host in hosts) options.EndPoints.Add(ParseEndPoint(host, options.UseTls ? DefaultTlsPort : DefaultPort));
    }

    public static void Set(string key, string value, RedisClientOptions options)
    {
        switch (key.ToLowerInvariant())
        {
            case "user": options.User = value; break;
            case "password": options.Password = value; break;
            case "defaultdatabase": options.Database = Number(key, value, 0, 1_000_000); break;
            case "name": options.ClientName = value; break;
            case "ssl": options.UseTls = Boolean(key, value); break;
            case "sslhost": options.TlsHost = value; break;
            case "cacertificate": options.TlsAuthorityFile = value; break;
            case "cluster": options.Cluster = Boolean(key, value); break;
            case "connecttimeout": options.ConnectTimeout = TimeSpan.FromMilliseconds(Number(key, value, 1, 3_600_000)); break;
            case "asynctimeout" or "synctimeout": options.CommandTimeout = TimeSpan.FromMilliseconds(Number(key, value, 1, 3_600_000)); break;
            case "protocol": options.Protocol = Protocol(value); break;
            case "servicename":
                throw new FormatException("serviceName (Sentinel) in the Redis connection string is not supported: name the server itself, or the nodes of a cluster.");
            case "channelprefix":
                throw new FormatException("channelPrefix in the Redis connection string is not supported: channels would silently be other ones. Remove it.");
            case "proxy" or "tunnel":
                throw new FormatException($"{key} in the Redis connection string is not supported: connect to the server directly.");
            default:
                if (!Ignored.Contains(key))
                    throw new FormatException($"'{key}' is no setting of a Redis connection string. Known are {Known}.");
                break;
        }
    }

    private static bool IsSetting(string key) =>
        Ignored.Contains(key) || Refused.Contains(key) || Known.Split(", ").Contains(key, StringComparer.OrdinalIgnoreCase);

    private static bool IsEndPoint(string text)
    {
        try
        {
            ParseEndPoint(text, DefaultPort);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static RedisEndPoint ParseEndPoint(string text, int defaultPort)
    {
        if (text.Contains('@', StringComparison.Ordinal))
            throw new FormatException("A host of the Redis connection string holds '@'. User and password are settings of their own here (user=…,password=…), or write redis://user:password@host:port.");
        // A colon more than one without brackets is a bare IPv6 address.
        var bracket = text.LastIndexOf(']');
        var colon = text.LastIndexOf(':');
        var isBareV6 = bracket < 0 && colon != text.IndexOf(':', StringComparison.Ordinal);
        var hasPort = colon > bracket && !isBareV6;
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        var port = defaultPort;
        if (hasPort && !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
            throw new FormatException($"'{text[(colon + 1)..]}' is no port in the Redis connection string; a port is a number from 1 to 65535.");
        if (host.Length == 0 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new FormatException($"'{host}' is no host name in the Redis connection string.");
        return new RedisEndPoint(host, port);
    }

    private static int Number(string key, string value, int minimum, int maximum) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new FormatException($"{key}={value} in the Redis connection string: expected a number from {minimum} to {maximum}.");

    private static bool Boolean(string key, string value) => value.ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        _ => throw new FormatException($"{key}={value} in the Redis connection string: expected true or false."),
    };

    private static int Protocol(string value) => value.ToLowerInvariant() switch
    {
        "resp3" or "3" => 3,
        "resp2" or "2" => 2,
        _ => throw new FormatException($"protocol={value} in the Redis connection string: expected resp3 or resp2."),
    };
}
