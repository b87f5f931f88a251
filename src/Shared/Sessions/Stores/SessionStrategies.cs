namespace ShopSession.Sessions.Stores;

/// <summary>The ways to keep a session that <see cref="SharedSessionOptions.Strategy"/> chooses among, and what each promises.</summary>
public static class SessionStrategies
{
    /// <summary>One central store in Redis; replicas hold nothing. The default.</summary>
    public const string Redis = "redis";

    /// <summary>Each replica keeps its own sessions: a login is known to one process only.</summary>
    public const string Local = "local";

    /// <summary>One central store in SQLite or PostgreSQL (the package ShopSession.Sessions.Database).</summary>
    public const string Database = "database";

    /// <summary>Every replica holds every session and tells the others what changed.</summary>
    public const string Replicated = "replicated";

    /// <summary>The client keeps the whole session, sealed, in cookies.</summary>
    public const string Client = "client";

    /// <summary>The client keeps its login as signed tokens; there is no session data.</summary>
    public const string Jwt = "jwt";

    /// <summary>By name.</summary>
    public static IReadOnlyDictionary<string, SessionPromises> All { get; } = new Dictionary<string, SessionPromises>(StringComparer.Ordinal)
    {
        [Redis] = SessionPromises.CentralStore,
        [Database] = SessionPromises.CentralStore,
        [Replicated] = new()
        {
            OneLogin = Promise.Eventually,
            ReadYourWrites = Promise.Eventually,
            NoLostUpdate = Promise.Eventually,
            EndedForGood = Promise.Eventually,
            Limit = Promise.Eventually,
            LimitByRefusal = Promise.Broken,
            Revocation = Promise.Eventually,
            Rotation = Promise.Eventually,
            SurvivesReplica = Promise.Kept,
            CarriesData = Promise.Kept,
            Caution = "a change is known to other replicas a moment later, and every replica holds every session; one central store is simpler and stricter.",
        },
        [Client] = new()
        {
            OneLogin = Promise.Kept,
            ReadYourWrites = Promise.Kept,
            NoLostUpdate = Promise.Broken,
            EndedForGood = Promise.Broken,
            Limit = Promise.Broken,
            LimitByRefusal = Promise.Broken,
            Revocation = Promise.Broken,
            Rotation = Promise.Broken,
            SurvivesReplica = Promise.Kept,
            CarriesData = Promise.Kept,
            WhyNoList = "Each browser keeps its own session; the site has no list of them.",
            Caution = "a session cannot be ended before it expires, overlapping requests lose changes, and each request carries the whole session.",
        },
        [Jwt] = new()
        {
            OneLogin = Promise.Kept,
            ReadYourWrites = Promise.Broken,
            NoLostUpdate = Promise.Broken,
            EndedForGood = Promise.Broken,
            Limit = Promise.Broken,
            LimitByRefusal = Promise.Broken,
            Revocation = Promise.Broken,
            Rotation = Promise.Broken,
            SurvivesReplica = Promise.Kept,
            CarriesData = Promise.Broken,
            WhyNoList = "Each client keeps its own tokens; the site has no list of them.",
            Caution = "a token cannot be taken back before it expires, and HttpContext.Session holds nothing: guests have no cart.",
        },
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
