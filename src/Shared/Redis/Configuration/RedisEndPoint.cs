using System.Globalization;

namespace ShopSession.Redis;

/// <summary>The address of a server.</summary>
/// <param name="Host">A name or an IP address.</param>
/// <param name="Port">The TCP port.</param>
public readonly record struct RedisEndPoint(string Host, int Port)
{
    /// <summary>The form <c>host:port</c>, with brackets around an IPv6 address.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
