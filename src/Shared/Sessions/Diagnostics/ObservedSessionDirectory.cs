namespace ShopSession.Sessions.Diagnostics;

/// <summary>Any directory, with a span, the duration and the failures of each call. Safe for concurrent use.</summary>
internal sealed class ObservedSessionDirectory(ISessionDirectory inner, StoreObserver observer) : ISessionDirectory
{
    public ValueTask<IReadOnlyList<SessionDevice>> ListAsync(UserId user, CancellationToken cancellationToken) =>
        observer.ObserveAsync("list", () => inner.ListAsync(user, cancellationToken));

    public ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, CancellationToken cancellationToken) =>
        observer.ObserveAsync("revoke", () => inner.RevokeAsync(user, session, cancellationToken));

    public ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, SessionActor by, CancellationToken cancellationToken) =>
        observer.ObserveAsync("revoke", () => inner.RevokeAsync(user, session, by, cancellationToken));

    public ValueTask<int> RevokeAllAsync(UserId user, CancellationToken cancellationToken) =>
        observer.ObserveAsync("revoke-all", () => inner.RevokeAllAsync(user, cancellationToken));

    public ValueTask<int> RevokeAllAsync(UserId user, SessionActor by, CancellationToken cancellationToken) =>
        observer.ObserveAsync("revoke-all", () => inner.RevokeAllAsync(user, by, cancellationToken));

    public ValueTask<IReadOnlyList<SessionHistory>> HistoryAsync(UserId user, CancellationToken cancellationToken) =>
        observer.ObserveAsync("history", () => inner.HistoryAsync(user, cancellationToken));

    public ValueTask<IReadOnlyList<SessionEvent>> TimelineAsync(UserId user, SessionHandle session, CancellationToken cancellationToken) =>
        observer.ObserveAsync("timeline", () => inner.TimelineAsync(user, session, cancellationToken));

    public ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken) =>
        observer.ObserveAsync("generation", () => inner.GetGenerationAsync(user, cancellationToken));
}
