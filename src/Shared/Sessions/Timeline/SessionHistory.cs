namespace ShopSession.Sessions;

/// <summary>The timeline of one session over all its changes of id. Immutable.</summary>
/// <param name="Handle">The session's newest handle; of an ended session the last one.</param>
/// <param name="UserAgent">The browser's User-Agent at the newest sign-in; empty when that entry is no longer kept.</param>
/// <param name="Address">The client's address at the newest sign-in; empty when that entry is no longer kept.</param>
/// <param name="Events">What happened, newest first; at most <see cref="MaxEvents"/>.</param>
public sealed record SessionHistory(SessionHandle Handle, string UserAgent, string Address, IReadOnlyList<SessionEvent> Events)
{
    /// <summary>The most entries of one session that are shown.</summary>
    public const int MaxEvents = 20;

    /// <summary>The most entries of one user that are kept, the newest; over all of the user's sessions.</summary>
    public const int MaxEventsPerUser = 100;

    /// <summary>How the session ended; <see langword="null"/> when it lives, or ended without notice (its expiry is noticed at the next sign-in or list).</summary>
    public SessionEvent? End => Events.FirstOrDefault(happened => happened.Kind is SessionEventKind.SignedOut or SessionEventKind.Revoked or SessionEventKind.Expired);
}
