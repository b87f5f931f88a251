using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ShopSession.Gateway.Configuration;
using ShopSession.Gateway.Health;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace ShopSession.Gateway.Routing;

/// <summary>One route and one cluster per service; the replicas are the cluster's destinations, named like the runner's: <c>cart-1</c>, <c>cart-2</c>.</summary>
internal sealed class ShopProxyConfig : IProxyConfigProvider
{
    private readonly Fixed _config;

    public ShopProxyConfig(ShopHosts hosts, IConfiguration configuration, IOptions<GatewayOptions> options)
    {
        var services = hosts.Services.ToList();
        _config = new Fixed(
            [.. services.Select(service => Route(service, hosts))],
            [.. services.Select(service => Cluster(service, ServiceAddresses.Read(configuration, service), options.Value))]);
    }

    public IProxyConfig GetConfig() => _config;

    private static RouteConfig Route(string service, ShopHosts hosts) => new()
    {
        RouteId = service,
        ClusterId = service,
        Match = new RouteMatch { Hosts = hosts.HostsOf(service), Path = "/{**path}" },
    };

    private static ClusterConfig Cluster(string service, IReadOnlyList<Uri> addresses, GatewayOptions options) => new()
    {
        ClusterId = service,
        LoadBalancingPolicy = options.Balancing,
        HealthCheck = new HealthCheckConfig { AvailableDestinationsPolicy = PreferReadyPolicy.PolicyName },
        HttpRequest = new ForwarderRequestConfig
        {
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            ActivityTimeout = options.ActivityTimeout,
        },
        Destinations = addresses.Select((address, index) => (address, name: string.Create(CultureInfo.InvariantCulture, $"{service}-{index + 1}")))
            .ToDictionary(replica => replica.name, replica => new DestinationConfig { Address = replica.address.AbsoluteUri }),
    };

    private sealed class Fixed(IReadOnlyList<RouteConfig> routes, IReadOnlyList<ClusterConfig> clusters) : IProxyConfig
    {
        public IReadOnlyList<RouteConfig> Routes => routes;

        public IReadOnlyList<ClusterConfig> Clusters => clusters;

        public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);
    }
}
