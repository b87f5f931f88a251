using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.Options;
using ShopSession.Gateway.Configuration;

namespace ShopSession.Gateway.Routing;

/// <summary>Which host of the shop belongs to which service. Hosts are compared exactly, ignoring case, without the port.</summary>
internal sealed class ShopHosts
{
    private readonly FrozenDictionary<string, string> _services;

    public ShopHosts(IOptions<ShopAddressOptions> shop)
    {
        Domain = shop.Value.Domain;
        _services = new Dictionary<string, string>
        {
            [Domain] = "catalog",
            [$"catalog.{Domain}"] = "catalog",
            [$"cart.{Domain}"] = "cart",
            [$"auth.{Domain}"] = "auth",
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public string Domain { get; }

    public IEnumerable<string> Services => _services.Values.Distinct();

    public IReadOnlyList<string> HostsOf(string service) => [.. _services.Where(entry => entry.Value == service).Select(entry => entry.Key)];

    public bool IsShop(HostString host) => _services.ContainsKey(host.Host);

    /// <summary>An address of the machine itself, as health checks of runners and load balancers use it.</summary>
    public static bool IsMachine(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Host, out _);
}
