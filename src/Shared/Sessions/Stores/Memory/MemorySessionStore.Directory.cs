namespace ShopSession.Sessions.Stores.Memory;

internal abstract partial class MemorySessionStore : ISessionDirectory
{
    public async ValueTask<IReadOnlyList<SessionDevice>> ListAsync(UserId user, CancellationToken cancellationToken = default)
    {
        EnsureReady();
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return State.Exclusive(state => state.SessionsOf(tag.Value).AsEnumerable().Reverse().Select(entry =>
        {
            var view = entry.View!;
            return new SessionDevice(entry.Handle, view.Birth.CreatedAt, view.LastSeenAt, view.ExpiresAt, entry.Birth!.UserAgent, entry.Birth.Address);
        }).ToArray());
    }

    public async ValueTask<bool> RevokeAsync(UserId user, SessionHandle session, CancellationToken cancellationToken = default)
    {
        EnsureReady();
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return State.Exclusive(state =>
        {
            if (!state.TryFind(session, out var entry) || entry.Tag != tag.Value) return false;
            state.End(entry);
            return true;
        });
    }

    public async ValueTask<int> RevokeAllAsync(UserId user, CancellationToken cancellationToken = default)
    {
        EnsureReady();
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return State.Exclusive(state =>
        {
            var count = state.SessionsOf(tag.Value).Count;
            state.Make(new GenerationChange(tag.Value, state.Clock.Next().Time));
            return count;
        });
    }

    public async ValueTask<long> GetGenerationAsync(UserId user, CancellationToken cancellationToken = default)
    {
        EnsureReady();
        var tag = await TagAsync(user, cancellationToken).ConfigureAwait(false);
        return State.Exclusive(state => state.Generation(tag.Value));
    }

    private async ValueTask<UserTag> TagAsync(UserId user, CancellationToken cancellationToken) =>
        UserTag.For(user, await tagKey.GetAsync(cancellationToken).ConfigureAwait(false));
}
