namespace ShopSession.Sessions.Stores;

/// <summary>How far a strategy keeps one promise.</summary>
public enum Promise
{
    /// <summary>Always, at the next request, on every replica.</summary>
    Kept,

    /// <summary>On every replica once the change has travelled there: a moment later, longer while a peer is unreachable.</summary>
    Eventually,

    /// <summary>Not, by the nature of the strategy.</summary>
    Broken,
}

/// <summary>
/// What a strategy promises, so that a site may refuse one that cannot do what it needs. Written down beside each strategy, and held to it by one suite of tests that also fails
/// when a promise declared broken turns out to be kept.
/// </summary>
public sealed record SessionPromises
{
    /// <summary>Signed in at one replica is signed in at all.</summary>
    public required Promise OneLogin { get; init; }

    /// <summary>What a response reported as stored is read by the next request, wherever it goes.</summary>
    public required Promise ReadYourWrites { get; init; }

    /// <summary>Overlapping requests that change different attributes lose neither change; counters lose no step.</summary>
    public required Promise NoLostUpdate { get; init; }

    /// <summary>An ended session is refused on every replica, and no late write brings it back.</summary>
    public required Promise EndedForGood { get; init; }

    /// <summary>A user has at most <see cref="SharedSessionOptions.MaxPerUser"/> sessions over all replicas.</summary>
    public required Promise Limit { get; init; }

    /// <summary>Beyond the limit the new sign-in can be refused instead of the oldest session ended (<see cref="SessionLimitPolicy.Refuse"/>).</summary>
    public required Promise LimitByRefusal { get; init; }

    /// <summary>The user's sessions can be listed, and any of them ended from elsewhere.</summary>
    public required Promise Revocation { get; init; }

    /// <summary>A replaced id is refused after the grace.</summary>
    public required Promise Rotation { get; init; }

    /// <summary>A session outlives the restart or death of the replica that made it.</summary>
    public required Promise SurvivesReplica { get; init; }

    /// <summary><c>HttpContext.Session</c> carries data.</summary>
    public required Promise CarriesData { get; init; }

    /// <summary>Why a user's list of sessions is always empty; <see langword="null"/> when it is not.</summary>
    public string? WhyNoList { get; init; }

    /// <summary>What is said at start about what this strategy loses.</summary>
    public string? Caution { get; init; }

    /// <summary>Everything kept: one store, asked by all.</summary>
    public static SessionPromises CentralStore { get; } = new()
    {
        OneLogin = Promise.Kept,
        ReadYourWrites = Promise.Kept,
        NoLostUpdate = Promise.Kept,
        EndedForGood = Promise.Kept,
        Limit = Promise.Kept,
        LimitByRefusal = Promise.Kept,
        Revocation = Promise.Kept,
        Rotation = Promise.Kept,
        SurvivesReplica = Promise.Kept,
        CarriesData = Promise.Kept,
    };
}
