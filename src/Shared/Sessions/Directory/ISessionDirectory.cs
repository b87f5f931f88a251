namespace ShopSession.Sessions;

/// <summary>
/// Finds and ends the sessions of a user. Safe for concurrent use. Every member throws <see cref="SessionStoreUnavailableException"/> when the store cannot be
/// reached in time.
/// </summary>
public interface ISessionDirectory
{
    /// <summary>The user's live sessions, newest sign-in first.</summary>
    ValueTask<IReadOnlyList<SessionDevice>> ListAsync(UserId user, CancellationToken cancellationToken = default);

    /// <summary>Ends one session. <see langword="false"/>: the user has no such session.</summary>
    ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, CancellationToken cancellationToken = default);

    /// <summary>
    /// As <see cref="RevokeAsync(UserId, SessionHandle, CancellationToken)"/>, and says who ends it: kept in the session's timeline and the log. The caller answers for who may: an administrator's pages
    /// check that before.
    /// </summary>
    ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, SessionActor by, CancellationToken cancellationToken = default) =>
        RevokeAsync(user, session, cancellationToken);

    /// <summary>Ends every session of the user, also those whose sign-in is under way, and returns how many were listed.</summary>
    ValueTask<int> RevokeAllAsync(UserId user, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RevokeAllAsync(UserId, CancellationToken)"/>
    /// <param name="user">The account.</param>
    /// <param name="by">Who ends them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<int> RevokeAllAsync(UserId user, SessionActor by, CancellationToken cancellationToken = default) => RevokeAllAsync(user, cancellationToken);

    /// <summary>
    /// What happened to the user's sessions of late, the live and the ended ones; the session with the newest event first. At most
    /// <see cref="SessionHistory.MaxEventsPerUser"/> entries are kept. Empty where the store keeps no timeline.
    /// </summary>
    ValueTask<IReadOnlyList<SessionHistory>> HistoryAsync(UserId user, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<SessionHistory>>([]);

    /// <summary>The timeline of one session, newest first; empty when nothing is kept of it.</summary>
    async ValueTask<IReadOnlyList<SessionEvent>> TimelineAsync(UserId user, SessionHandle session, CancellationToken cancellationToken = default) =>
        (await HistoryAsync(user, cancellationToken).ConfigureAwait(false)).FirstOrDefault(history => history.Handle == session)?.Events ?? [];

    /// <summary>
    /// The user's generation: it rises when all sessions of the user are ended. Read it before checking credentials and give it to the sign-in
    /// (<see cref="SharedSessionPropertiesExtensions.SetSessionGeneration"/>), so that a sign-in overtaken by a password change fails instead of outliving it.
    /// </summary>
    ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken = default);
}
