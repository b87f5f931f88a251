using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ShopSession.Sessions;
using ShopSession.Web.Antiforgery;

namespace ShopSession.Web.SessionApi;

/// <summary>Fits the shared session to the shop: one cookie for the parent domain and all its siblings, and sign-in at auth.</summary>
internal sealed class ConfigureShopSession(IOptions<ShopOptions> shop, ShopUrls urls, IConfiguration configuration) : IConfigureOptions<SharedSessionOptions>
{
    // The gateway's policies that may send each request elsewhere; all others keep a client at its replica.
    private static readonly string[] Wandering = ["round-robin", "least-requests"];

    public void Configure(SharedSessionOptions options)
    {
        options.Replicas = configuration.GetValue("Shop:Replicas", options.Replicas);
        options.IsBalancingSticky = configuration["Gateway:Balancing"] is { Length: > 0 } policy && !Wandering.Contains(policy, StringComparer.Ordinal);
        var domain = shop.Value.Domain;
        if (options.Domain.Length == 0) options.Domain = domain;
        foreach (var name in new[] { ConfigureSharedAntiforgery.CookieName, "__Secure-shop.theme", "__Secure-shop.route" }) options.OwnCookies.Add(name);
        options.LoginUrl = urls.Auth("/login");
        foreach (var host in new[] { domain, $"auth.{domain}", $"cart.{domain}", $"catalog.{domain}" }) options.Siblings.Add(host);
    }
}
