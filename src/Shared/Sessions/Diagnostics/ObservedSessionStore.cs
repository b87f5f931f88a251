using ShopSession.Sessions.Stores;

namespace ShopSession.Sessions.Diagnostics;

/// <summary>Any store, with a span, the duration and the failures of each call. Safe for concurrent use.</summary>
internal sealed class ObservedSessionStore(ISessionStore inner, StoreObserver observer) : ISessionStore
{
    public string Name => inner.Name;

    public TimeProvider Clock => inner.Clock;

    public ValueTask<SessionRecord?> ReadAsync(SessionId id, CancellationToken cancellationToken)
    {
        // What is near at hand is no access of the store: no span, no time.
        if (inner is INearSessionStore near && near.TryReadNear(id) is { } record) return new ValueTask<SessionRecord?>(record);
        return observer.ObserveAsync("read", () => inner is INearSessionStore far ? far.ReadFarAsync(id, cancellationToken) : inner.ReadAsync(id, cancellationToken));
    }

    public ValueTask<SessionRecord> CreateAsync(SessionId id, SessionChanges changes, CancellationToken cancellationToken) =>
        observer.ObserveAsync("create", () => inner.CreateAsync(id, changes, cancellationToken));

    public ValueTask<SaveOutcome> SaveAsync(SessionId id, SessionRecord seen, SessionChanges changes, CancellationToken cancellationToken) =>
        observer.ObserveAsync("save", () => inner.SaveAsync(id, seen, changes, cancellationToken));

    public ValueTask<(SaveOutcome Outcome, long Value)> IncrementAsync(SessionId id, SessionRecord seen, string counter, long by, CancellationToken cancellationToken) =>
        observer.ObserveAsync("increment", () => inner.IncrementAsync(id, seen, counter, by, cancellationToken));

    public ValueTask<StartedSession> SignInAsync(SignInRequest request, CancellationToken cancellationToken) =>
        observer.ObserveAsync("sign-in", () => inner.SignInAsync(request, cancellationToken));

    public ValueTask<StartedSession> RotateAsync(SessionId id, bool endOthers, CancellationToken cancellationToken) =>
        observer.ObserveAsync("rotate", () => inner.RotateAsync(id, endOthers, cancellationToken));

    public ValueTask<StartedSession> RotateAsync(SessionId id, SessionActorKind? endOthers, CancellationToken cancellationToken) =>
        observer.ObserveAsync("rotate", () => inner.RotateAsync(id, endOthers, cancellationToken));

    public async ValueTask EndAsync(SessionId id, CancellationToken cancellationToken) => await observer.ObserveAsync("end", async () =>
    {
        await inner.EndAsync(id, cancellationToken).ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    public ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken) =>
        observer.ObserveAsync("generation", () => inner.GetGenerationAsync(user, cancellationToken));
}
