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

    /// <summary>Ends every session of the user, also those whose sign-in is under way, and returns how many were listed.</summary>
    ValueTask<int> RevokeAllAsync(UserId user, CancellationToken cancellationToken = default);

    /// <summary>
    /// The user's generation: it rises when all sessions of the user are ended. Read it before checking credentials and give it to the sign-in
    /// (<see cref="SharedSessionPropertiesExtensions.SetSessionGeneration"/>), so that a sign-in overtaken by a password change fails instead of outliving it.
    /// </summary>
    ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken = default);
}
