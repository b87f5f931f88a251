using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ShopSession.Web.Forwarding;

/// <summary>
/// Tells requests of the gateway and of sibling services from all others: they carry the shop's secret. On one machine every peer is
/// loopback, so an address alone proves nothing. Without a configured key (a service started alone) loopback is trusted.
/// </summary>
internal sealed class GatewayKey(IOptions<ShopOptions> options)
{
    public const string Header = "X-Shop-Gateway-Key";

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.Value.GatewayKey);

    public bool IsConfigured => _key.Length > 0;

    public bool IsCarriedBy(HttpRequest request)
    {
        if (!IsConfigured) return request.HttpContext.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
        return request.Headers[Header] is [{ } sent] && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), _key);
    }
}
