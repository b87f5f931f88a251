namespace ShopSession.Promises.Bench.Shops;

/// <summary>Which shop a promise is tried on.</summary>
internal enum ShopKind
{
    /// <summary>As users run it, but for a limit of three sessions for who signs in at catalog (the newest wins) or cart (refused).</summary>
    Steady,

    /// <summary>
    /// One whose store is troubled: an append-only file, a misbehaving wire between catalog, cart and the store (auth has its own), and sessions begun at cart that end after seconds.
    /// </summary>
    Troubled,
}
