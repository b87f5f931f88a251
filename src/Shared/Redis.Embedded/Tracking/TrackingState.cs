using ShopSession.Redis.Embedded.Keyspace;

namespace ShopSession.Redis.Embedded.Tracking;

/// <summary>How a client tracks (CLIENT TRACKING ON …).</summary>
internal sealed class TrackingState
{
    /// <summary>The client that gets the invalidations; 0: the tracking client itself.</summary>
    public long RedirectTo { get; set; }

    public bool IsBroadcast { get; init; }

    public bool IsOptIn { get; set; }

    public bool IsOptOut { get; set; }

    public bool NoLoop { get; set; }

    /// <summary>CLIENT CACHING YES (with OPTIN) or NO (with OPTOUT) was given for the command at hand.</summary>
    public bool CachingGiven { get; set; }

    public bool IsRedirectBroken { get; set; }

    public SortedSet<ByteKey> Prefixes { get; } = [];
}
