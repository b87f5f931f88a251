using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions.Stores;

/// <summary>
/// Keeps the sessions of all services and replicas. Safe for concurrent use. Every member throws
/// <see cref="SessionStoreUnavailableException"/> when the store cannot be reached in time.
/// </summary>
public interface ISessionStore
{
    /// <summary>The name by which <see cref="SharedSessionOptions.Strategy"/> chooses the store.</summary>
    string Name { get; }

    /// <summary>The store's clock, on which all replicas agree whatever their own clocks say.</summary>
    TimeProvider Clock { get; }

    /// <summary>The live session of this id, or <see langword="null"/>.</summary>
    ValueTask<SessionRecord?> ReadAsync(SessionId id, CancellationToken cancellationToken);

    /// <summary>Starts an anonymous session.</summary>
    ValueTask<SessionRecord> CreateAsync(SessionId id, SessionChanges changes, CancellationToken cancellationToken);

    /// <summary>Writes what changed, and last use, in one round trip. <paramref name="changes"/> may be empty: then only last use.</summary>
    ValueTask<SaveOutcome> SaveAsync(SessionId id, SessionRecord seen, SessionChanges changes, CancellationToken cancellationToken);

    /// <summary>Adds to a counter atomically.</summary>
    ValueTask<(SaveOutcome Outcome, long Value)> IncrementAsync(SessionId id, SessionRecord seen, string counter, long by, CancellationToken cancellationToken);

    /// <summary>Starts a signed-in session that takes over the attributes of the one it replaces, if that was anonymous or the same user's.</summary>
    /// <exception cref="SessionLimitReachedException">The user has as many sessions as allowed and the policy is to refuse.</exception>
    /// <exception cref="SessionEndedException">All of the user's sessions were ended while this sign-in was under way.</exception>
    ValueTask<StartedSession> SignInAsync(SignInRequest request, CancellationToken cancellationToken);

    /// <summary>Gives the session a new id; with <paramref name="endOthers"/> ends all other sessions of the user in the same step.</summary>
    /// <exception cref="SessionEndedException">The session ended or was replaced meanwhile.</exception>
    ValueTask<StartedSession> RotateAsync(SessionId id, bool endOthers, CancellationToken cancellationToken);

    /// <summary>As <see cref="RotateAsync(SessionId, bool, CancellationToken)"/>, and says why the others end; <see langword="null"/>: they do not.</summary>
    /// <exception cref="SessionEndedException">The session ended or was replaced meanwhile.</exception>
    ValueTask<StartedSession> RotateAsync(SessionId id, SessionActorKind? endOthers, CancellationToken cancellationToken) =>
        RotateAsync(id, endOthers is not null, cancellationToken);

    /// <summary>Ends the session at once on every replica.</summary>
    ValueTask EndAsync(SessionId id, CancellationToken cancellationToken);

    /// <summary>
    /// The user's generation: it rises when all sessions of the user are ended. Read it before checking credentials and pass it to the
    /// sign-in, so that a sign-in overtaken by that fails.
    /// </summary>
    ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken);
}

/// <summary>What became of a write.</summary>
public enum SaveOutcome
{
    /// <summary>Stored.</summary>
    Saved,

    /// <summary>The session had ended: nothing was stored.</summary>
    Ended,

    /// <summary>The session's id had been replaced: the write counts as refused.</summary>
    Superseded,
}

/// <summary>A session that has just begun or changed its id.</summary>
/// <param name="Id">The new id, for the client alone.</param>
/// <param name="Record">The session.</param>
public sealed record StartedSession(SessionId Id, SessionRecord Record);

/// <summary>What a sign-in needs.</summary>
/// <param name="User">The account.</param>
/// <param name="Ticket">The login to keep.</param>
/// <param name="Replaces">The session that the client had, if any.</param>
/// <param name="UserAgent">The client's User-Agent, at most 256 characters, for the device list.</param>
/// <param name="Address">The client's address, for the device list.</param>
/// <param name="Generation">The generation seen before the credentials were checked; <see langword="null"/>: the one seen now.</param>
/// <param name="Renews">Only the ticket is new: a replaced session that ended meanwhile stays ended (<see cref="SessionEndedException"/>).</param>
public sealed record SignInRequest(
    UserId User,
    AuthenticationTicket Ticket,
    SessionId? Replaces,
    string UserAgent,
    string Address,
    long? Generation,
    bool Renews = false);
