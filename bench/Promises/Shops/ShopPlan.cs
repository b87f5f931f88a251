using System.Globalization;

namespace ShopSession.Promises.Bench.Shops;

/// <summary>What the services of each kind of shop are told, beyond their defaults, as environment variables.</summary>
internal static class ShopPlan
{
    public static readonly TimeSpan ShortIdle = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan ShortAbsolute = TimeSpan.FromSeconds(8);
    public static readonly TimeSpan ShortSliding = TimeSpan.FromSeconds(1);

    public const int Limit = 3;

    /// <summary>The default of 10 s is kept in the full run; the quick one has not the time to wait for its end.</summary>
    public static TimeSpan Grace(bool quick) => TimeSpan.FromSeconds(quick ? 3 : 10);

    public static Dictionary<string, string> Environment(ShopKind kind, string service, bool quick, int? wirePort)
    {
        var settings = new Dictionary<string, string>
        {
            ["Session__Lab"] = "true",
            ["Session__RotationGrace"] = Grace(quick).ToString("c", CultureInfo.InvariantCulture),
            // All accounts are made, and all logins tried, from one address.
            ["Auth__Limits__Register"] = "100000",
            ["Auth__Limits__Address"] = "100000",
            // What a password costs is no promise of the session.
            ["Auth__Passwords__IterationCount"] = "1000",
        };
        switch (kind, service)
        {
            case (ShopKind.Steady, "catalog"):
            case (ShopKind.Steady, "cart"):
                settings["Session__MaxPerUser"] = Limit.ToString(CultureInfo.InvariantCulture);
                settings["Session__LimitPolicy"] = service == "catalog" ? "NewestWins" : "Refuse";
                break;
            case (ShopKind.Troubled, "cart"):
                settings["Session__IdleTimeout"] = ShortIdle.ToString("c", CultureInfo.InvariantCulture);
                settings["Session__AbsoluteTimeout"] = ShortAbsolute.ToString("c", CultureInfo.InvariantCulture);
                settings["Session__SlidingInterval"] = ShortSliding.ToString("c", CultureInfo.InvariantCulture);
                break;
        }

        if (wirePort is { } port && service is "catalog" or "cart") settings["ConnectionStrings__redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        return settings;
    }
}
