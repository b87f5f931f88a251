using System.Net;
using System.Net.Sockets;

namespace ShopSession.Gateway.Balancing.Hashing;

/// <summary>
/// The client's address as a key. Only the connection's own: what a client claims in <c>X-Forwarded-For</c> is dropped by the gateway and never
/// looked at, else anybody could choose a replica and bury it. An IPv6 client is known by its /64, which is what a site has (RFC 6177) and within
/// which devices change addresses every day (RFC 8981).
/// </summary>
internal static class AddressKey
{
    private const int PrefixBytes = 8;

    public static string? Of(IPAddress? address)
    {
        if (address is null) return null;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out _) ? Convert.ToHexString(bytes[..PrefixBytes]) : null;
    }
}
