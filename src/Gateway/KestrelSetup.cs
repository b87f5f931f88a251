using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ShopSession.Gateway.Configuration;
using ShopSession.Gateway.Guards;

namespace ShopSession.Gateway;

internal static class KestrelSetup
{
    /// <summary>
    /// Browsers keep about 180 cookies of 4 KiB per site, so that much may arrive. It is read in order to be answered with a page that
    /// frees the user (<see cref="HeaderLimitMiddleware"/>); Kestrel's own 431 could not remove the cookies, and the user would stay locked out.
    /// </summary>
    private const int MostHeaderBytesRead = 768 * 1024;

    public static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestHeadersTotalSize = MostHeaderBytesRead;
        kestrel.Limits.MaxRequestHeaderCount = 200;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Longer than what browsers and load balancers in front keep idle connections for, so that they close first.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        kestrel.RequestHeaderEncodingSelector = StrictContentLength.EncodingFor;
    }

    /// <summary>Without <c>ASPNETCORE_URLS</c> the gateway listens on the shop's port, on loopback only.</summary>
    public static void ListenOnShopPortUnlessTold(WebApplication app)
    {
        if (app.Urls.Count > 0) return;
        var configuration = app.Configuration;
        if (configuration["urls"] is { Length: > 0 } || configuration["http_ports"] is { Length: > 0 } || configuration["https_ports"] is { Length: > 0 }) return;
        if (configuration.GetSection("Kestrel:Endpoints").GetChildren().Any()) return;
        app.Urls.Add($"http://localhost:{app.Services.GetRequiredService<IOptions<ShopAddressOptions>>().Value.Port}");
    }
}
