using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace ShopSession.Web;

/// <summary>Who counts as one client where requests are counted: an IPv4 address, or the /64 that an IPv6 customer is given.</summary>
public static class ClientAddress
{
    /// <summary>The client of a request, behind the gateway too; <c>unknown</c> when the connection has no address.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var address = context.Connection.RemoteIpAddress;
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
