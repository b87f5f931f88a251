namespace ShopSession.Sessions;

/// <summary>What one process has to do with sessions: counts since its start, and what it holds now. No id, name or address is in it. Immutable.</summary>
public sealed record SessionStatistics
{
    /// <summary>Where session data lives (<see cref="SharedSessionOptions.Strategy"/>).</summary>
    public string Strategy { get; init; } = "";

    /// <summary>Requests that came with a live session.</summary>
    public long Requests { get; init; }

    /// <summary>Guests' sessions begun.</summary>
    public long Created { get; init; }

    /// <summary>Sign-ins, step-ups included.</summary>
    public long SignedIn { get; init; }

    /// <summary>Changes of id other than by sign-in.</summary>
    public long Rotated { get; init; }

    /// <summary>Sessions ended by their own sign-out.</summary>
    public long SignedOut { get; init; }

    /// <summary>Sessions ended from elsewhere; counted where one central store in Redis is asked to.</summary>
    public long Revoked { get; init; }

    /// <summary>Presented ids, or writes under them, that were refused.</summary>
    public long Rejected { get; init; }

    /// <summary>Reads that the near cache served.</summary>
    public long NearHits { get; init; }

    /// <summary>Reads that it did not.</summary>
    public long NearMisses { get; init; }

    /// <summary>What the near cache holds now.</summary>
    public int NearEntries { get; init; }

    /// <summary>Sessions in this process's memory; <see langword="null"/> where they are kept elsewhere.</summary>
    public int? InMemory { get; init; }

    /// <summary>Logins used here within <see cref="UseWindow"/>.</summary>
    public SessionSample Logins { get; init; } = SessionSample.Empty;

    /// <summary>Guests' sessions used here within <see cref="UseWindow"/>.</summary>
    public SessionSample Guests { get; init; } = SessionSample.Empty;

    /// <summary>How long a session counts as in use after a request of it.</summary>
    public static TimeSpan UseWindow { get; } = TimeSpan.FromMinutes(5);
}
