using Microsoft.Extensions.Options;
using ShopSession.Sessions;

namespace ShopSession.Web.SessionApi;

/// <summary>Fits the shared session to the shop: one cookie for the parent domain and all its siblings, and sign-in at auth.</summary>
internal sealed class ConfigureShopSession(IOptions<ShopOptions> shop, ShopUrls urls) : IConfigureOptions<SharedSessionOptions>
{
    public void Configure(SharedSessionOptions options)
    {
        var domain = shop.Value.Domain;
        if (options.Domain.Length == 0) options.Domain = domain;
        options.LoginUrl = urls.Auth("/login");
        foreach (var host in new[] { domain, $"auth.{domain}", $"cart.{domain}", $"catalog.{domain}" }) options.Siblings.Add(host);
    }
}
