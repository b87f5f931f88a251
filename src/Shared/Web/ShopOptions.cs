namespace ShopSession.Web;

/// <summary>Where the shop stands; bound from the configuration section <c>Shop</c>.</summary>
public sealed class ShopOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Shop";

    /// <summary>The parent domain of all siblings.</summary>
    public string Domain { get; set; } = "shop.localhost";

    /// <summary>The gateway's public port.</summary>
    public int Port { get; set; } = 8080;

    /// <summary><c>http</c> or <c>https</c>, as browsers see it.</summary>
    public string Scheme { get; set; } = "http";

    /// <summary>The replica's name, for example <c>cart-2</c>; shown by the badge and <c>X-Shop-Replica</c>.</summary>
    public string Replica { get; set; } = "";

    /// <summary>The secret that the gateway and the services show one another (<c>X-Shop-Gateway-Key</c>); empty: none is asked for.</summary>
    public string GatewayKey { get; set; } = "";

    /// <summary>
    /// How long a replica that is asked to stop waits at most for the gateways that probe it to hear so. It stops at once when none does. Zero: never waits.
    /// </summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Where databases are kept.</summary>
    public string DataDirectory { get; set; } = ".data";
}
