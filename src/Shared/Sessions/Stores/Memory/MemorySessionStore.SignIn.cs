using System.Globalization;
using ShopSession.Sessions.Sealing;

namespace ShopSession.Sessions.Stores.Memory;

// Sign-in and change of id: each is one step under the state's lock.
internal abstract partial class MemorySessionStore
{
    public async ValueTask<StartedSession> SignInAsync(SignInRequest request, CancellationToken cancellationToken)
    {
        EnsureReady();
        var tag = await TagAsync(request.User, cancellationToken).ConfigureAwait(false);
        var device = DeviceDescription.Of(request.UserAgent, request.Address);
        return State.Exclusive(state =>
        {
            var generation = state.Generation(tag.Value);
            if ((request.Generation ?? generation) != generation)
                throw new SessionEndedException("All sessions of this account were ended while this sign-in was under way. Sign in again.");
            MemoryEntry? old = null;
            if (request.Replaces is { } replaced && state.TryFind(replaced.Handle, out var found) && found.Succession is null) old = found;
            if (request.Renews && old is null) throw new SessionEndedException("The session ended while the request was on its way. Sign in again.");
            // What passes to the new session: the guest's things, or the same user's; never another user's.
            var inherits = old is not null && (!request.Replaces!.IsSignedIn || old.Tag == tag.Value);
            var replacesOwn = inherits && request.Replaces!.IsSignedIn;
            RefuseBeyondLimit(state, tag, replacesOwn ? old : null);
            state.MakeRoom();

            var now = time.GetUtcNow();
            var ordinal = state.Clock.Next().Time;
            var birth = request.Renews && replacesOwn
                ? old!.Birth!.Birth with { Ordinal = ordinal }
                : SessionBirth.OfLogin(options, now, replacesOwn ? old!.Birth!.Birth.CreatedAt : now, request.Ticket.Properties.IsPersistent, ordinal);
            var id = SessionId.NewFor(tag);
            var change = new SessionChange(id.Handle, tag.Value)
            {
                // A copy: the request goes on using, and may change, its own.
                Birth = new MemoryBirth(birth, generation, request.Ticket.Clone(), device.UserAgent, device.Address),
                LastSeenAt = now,
            };
            if (old is null || !inherits)
            {
                state.Make(change);
                if (old is not null) state.End(old);
            }
            else
            {
                TakeOver(state, old, change, now);
            }

            return new StartedSession(id, state.Read(id.Handle)!);
        });
    }

    public ValueTask<StartedSession> RotateAsync(SessionId id, bool endOthers, CancellationToken cancellationToken)
    {
        EnsureReady();
        return new ValueTask<StartedSession>(State.Exclusive(state =>
        {
            if (!state.TryFind(id.Handle, out var old) || old.Succession is not null) throw new SessionEndedException(EndedMessage);
            var now = time.GetUtcNow();
            var successor = id.IsSignedIn ? SessionId.NewFor(new UserTag(id.Tag)) : SessionId.NewAnonymous();
            var generation = endOthers && id.IsSignedIn ? state.Clock.Next().Time : old.Birth!.Generation;
            TakeOver(state, old, new SessionChange(successor.Handle, successor.Tag)
            {
                Birth = old.Birth! with { Generation = generation },
                LastSeenAt = now,
            }, now);
            if (generation != old.Birth!.Generation) state.Make(new GenerationChange(id.Tag, generation));
            return new StartedSession(successor, state.Read(successor.Handle)!);
        }));
    }

    /// <summary>Marks the old session first, so that the new one never stands beside it and counts twice.</summary>
    private void TakeOver(MemoryState state, MemoryEntry old, SessionChange successor, DateTimeOffset now)
    {
        var whole = old.ToChange();
        state.Make(new SessionChange(old.Handle, old.Tag) { Succession = new MemorySuccession(successor.Handle, now + options.RotationGrace) });
        state.Make(successor with { Attributes = whole.Attributes, Counters = whole.Counters });
    }

    private void RefuseBeyondLimit(MemoryState state, UserTag tag, MemoryEntry? replaced)
    {
        if (options.MaxPerUser <= 0 || options.LimitPolicy != SessionLimitPolicy.Refuse) return;
        if (state.SessionsOf(tag.Value).Count(entry => entry != replaced) < options.MaxPerUser) return;
        throw new SessionLimitReachedException(string.Create(
            CultureInfo.InvariantCulture, $"This account already has {options.MaxPerUser} sessions, the most that are allowed. Sign out elsewhere first."));
    }
}
