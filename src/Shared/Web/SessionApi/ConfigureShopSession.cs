using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ShopSession.Sessions;
using ShopSession.Sessions.Stores;
using ShopSession.Web.Antiforgery;
using ShopSession.Web.Forwarding;
using ShopSession.Web.Localization;

namespace ShopSession.Web.SessionApi;

/// <summary>Fits the shared session to the shop: one cookie for the parent domain and all its siblings, and sign-in at auth.</summary>
internal sealed class ConfigureShopSession(IOptions<ShopOptions> shop, ShopUrls urls, IConfiguration configuration) : IConfigureOptions<SharedSessionOptions>
{
    // The gateway's policies that may send each request elsewhere; all others keep a client at its replica.
    private static readonly string[] Wandering = ["round-robin", "least-requests"];

    public void Configure(SharedSessionOptions options)
    {
        options.Replicas = configuration.GetValue("Shop:Replicas", options.Replicas);
        if (options.Strategy == SessionStrategies.Replicated) NamePeers(options.Replication);
        options.IsBalancingSticky = configuration["Gateway:Balancing"] is { Length: > 0 } policy && !Wandering.Contains(policy, StringComparer.Ordinal);
        var domain = shop.Value.Domain;
        if (options.Domain.Length == 0) options.Domain = domain;
        foreach (var name in new[] { ConfigureSharedAntiforgery.CookieName, "__Secure-shop.theme", "__Secure-shop.route", LanguageCookie.Name }) options.OwnCookies.Add(name);
        options.LoginUrl = urls.Auth("/login");
        foreach (var host in new[] { domain, $"auth.{domain}", $"cart.{domain}", $"catalog.{domain}" }) options.Siblings.Add(host);
    }

    /// <summary>All replicas of all services are each other's peers, behind the guard of <c>/internal</c>.</summary>
    private void NamePeers(ReplicationOptions replication)
    {
        if (replication.Key.Length == 0) replication.Key = shop.Value.GatewayKey;
        if (shop.Value.GatewayKey.Length > 0) replication.Headers[GatewayKey.Header] = shop.Value.GatewayKey;
        if (replication.Peers.Count > 0) return;
        foreach (var service in new[] { "auth", "catalog", "cart" })
        {
            foreach (var address in configuration.GetSection($"services:{service}:http").GetChildren()) replication.Peers.Add(address.Value ?? "");
        }
    }
}
