namespace ShopSession.Sessions.Stores;

/// <summary>The ways to keep a session that <see cref="SharedSessionOptions.Strategy"/> chooses among, and what each promises.</summary>
public static class SessionStrategies
{
    /// <summary>One central store in Redis; replicas hold nothing. The default.</summary>
    public const string Redis = "redis";

    /// <summary>Each replica keeps its own sessions: a login is known to one process only.</summary>
    public const string Local = "local";

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, SessionPromises> All { get; } = new Dictionary<string, SessionPromises>(StringComparer.Ordinal)
    {
        [Redis] = SessionPromises.CentralStore,
        [Local] = new()
        {
            OneLogin = Promise.Broken,
            ReadYourWrites = Promise.Broken,
            NoLostUpdate = Promise.Broken,
            EndedForGood = Promise.Broken,
            Limit = Promise.Broken,
            LimitByRefusal = Promise.Broken,
            Revocation = Promise.Broken,
            Rotation = Promise.Broken,
            SurvivesReplica = Promise.Broken,
            CarriesData = Promise.Kept,
            Caution = "a login is known to the process that made it alone; other replicas and other services ask to sign in again, and a restart forgets it.",
        },
    };
}
