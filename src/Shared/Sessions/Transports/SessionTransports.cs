namespace ShopSession.Sessions.Transports;

/// <summary>The ways by which a browser names its session, which <see cref="SharedSessionOptions.Transport"/> chooses among.</summary>
public static class SessionTransports
{
    /// <summary>A cookie for the parent domain. The default.</summary>
    public const string Cookie = "cookie";

    /// <summary>A query value in every address. It leaks to whoever sees an address; only for the lab, to show that it does.</summary>
    public const string Url = "url";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Cookie, Url];
}
