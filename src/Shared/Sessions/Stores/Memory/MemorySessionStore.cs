using ShopSession.Sessions.KeyRing;

namespace ShopSession.Sessions.Stores.Memory;

/// <summary>A session store in the memory of the process. Whether other processes hear of its changes is up to who derives from it. Safe for concurrent use.</summary>
internal abstract partial class MemorySessionStore(SharedSessionOptions options, UserTagKey tagKey, TimeProvider time, bool keepsEnds) : ISessionStore, IDisposable
{
    private const string EndedMessage = "The session ended, or its id was replaced, while the request was on its way. Repeat the request.";

    public abstract string Name { get; }

    public TimeProvider Clock => time;

    internal MemoryState State { get; } = new(options, time, keepsEnds);

    public ValueTask<SessionRecord?> ReadAsync(SessionId id, CancellationToken cancellationToken)
    {
        EnsureReady();
        return new ValueTask<SessionRecord?>(State.Read(id.Handle));
    }

    public ValueTask<SessionRecord> CreateAsync(SessionId id, SessionChanges changes, CancellationToken cancellationToken)
    {
        EnsureReady();
        var now = time.GetUtcNow();
        var birth = SessionBirth.OfGuest(options, now);
        return new ValueTask<SessionRecord>(State.Exclusive(state =>
        {
            state.MakeRoom();
            state.Make(new SessionChange(id.Handle, id.Tag)
            {
                Birth = new MemoryBirth(birth, 0, null, "", ""),
                LastSeenAt = now,
                Attributes = Stamped(changes),
            });
            return state.Read(id.Handle)!;
        }));
    }

    public ValueTask<SaveOutcome> SaveAsync(SessionId id, SessionRecord seen, SessionChanges changes, CancellationToken cancellationToken)
    {
        EnsureReady();
        return new ValueTask<SaveOutcome>(State.Exclusive(state =>
        {
            if (Writable(state, id) is var outcome && outcome != SaveOutcome.Saved) return outcome;
            state.Make(new SessionChange(id.Handle, id.Tag) { LastSeenAt = time.GetUtcNow(), Attributes = Stamped(changes) });
            return SaveOutcome.Saved;
        }));
    }

    public ValueTask<(SaveOutcome Outcome, long Value)> IncrementAsync(
        SessionId id, SessionRecord seen, string counter, long by, CancellationToken cancellationToken)
    {
        EnsureReady();
        return new ValueTask<(SaveOutcome, long)>(State.Exclusive<(SaveOutcome, long)>(state =>
        {
            if (Writable(state, id) is var outcome && outcome != SaveOutcome.Saved) return (outcome, 0);
            state.TryFind(id.Handle, out var entry);
            var (mine, sum) = entry!.Counter(counter, state.Clock.Node);
            state.Make(new SessionChange(id.Handle, id.Tag)
            {
                LastSeenAt = time.GetUtcNow(),
                Counters = [new MemoryCounter(counter, state.Clock.Node, mine + by)],
            });
            return (SaveOutcome.Saved, sum + by);
        }));
    }

    public ValueTask EndAsync(SessionId id, CancellationToken cancellationToken)
    {
        EnsureReady();
        State.Exclusive(state =>
        {
            if (!state.TryFind(id.Handle, out var entry)) return false;
            // Signing out with an id that was replaced a moment ago means the session that took over, or what that has become by now.
            while (id.IsSignedIn && entry.Succession is { } succession && state.TryFind(succession.Successor, out var successor))
            {
                state.End(entry);
                entry = successor;
            }

            state.End(entry);
            return true;
        });
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        State.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <exception cref="SessionStoreUnavailableException">The store cannot serve yet.</exception>
    protected virtual void EnsureReady()
    {
        // A process's own memory always is.
    }

    private static SaveOutcome Writable(MemoryState state, SessionId id)
    {
        if (!state.TryFind(id.Handle, out var entry)) return SaveOutcome.Ended;
        return entry.Succession is null ? SaveOutcome.Saved : SaveOutcome.Superseded;
    }

    private MemoryAttribute[] Stamped(SessionChanges changes)
    {
        if (changes.IsEmpty) return [];
        var stamp = State.Clock.Next();
        return [.. changes.Attributes.Select(change => new MemoryAttribute(change.Key, stamp, change.Value))];
    }
}
