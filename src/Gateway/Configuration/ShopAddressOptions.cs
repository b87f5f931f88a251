namespace ShopSession.Gateway.Configuration;

/// <summary>Where the shop stands, as far as the gateway needs it; bound from the configuration section <c>Shop</c>.</summary>
internal sealed class ShopAddressOptions
{
    public const string Section = "Shop";

    /// <summary>The parent domain of all siblings.</summary>
    public string Domain { get; set; } = "shop.localhost";

    /// <summary>The public port; listened on when no address is given by <c>ASPNETCORE_URLS</c>.</summary>
    public int Port { get; set; } = 8080;

    /// <summary>The secret that shows services that a request came through the gateway; empty: none is sent.</summary>
    public string GatewayKey { get; set; } = "";
}
