using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ShopSession.Sessions.Stores.Memory;

/// <summary>
/// The sessions that one process holds: bounded, expiring, changed by applying <see cref="MemoryChange"/>s, whether they are this replica's own or a peer's. Reading takes no lock. Safe
/// for concurrent use.
/// </summary>
internal sealed partial class MemoryState : IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);

    /// <summary>Changes of a session whose birth has not arrived are kept this long: birth and change may come from different peers.</summary>
    private static readonly TimeSpan FragmentLife = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<SessionHandle, MemoryEntry> _entries = new();
    private readonly Dictionary<SessionHandle, DateTimeOffset> _ended = [];
    private readonly Dictionary<string, MemoryUser> _users = new(StringComparer.Ordinal);
    private readonly PriorityQueue<SessionHandle, DateTimeOffset> _expiries = new();
    private readonly SharedSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly bool _keepsEnds;
    private readonly ITimer _sweeper;

    /// <param name="options">The limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="keepsEnds">Whether ended sessions are remembered, since late changes of them may come from elsewhere.</param>
    public MemoryState(SharedSessionOptions options, TimeProvider time, bool keepsEnds)
    {
        _options = options;
        _time = time;
        _keepsEnds = keepsEnds;
        Clock = new HybridClock(time);
        _sweeper = time.CreateTimer(static state => ((MemoryState)state!).Sweep(), this, SweepInterval, SweepInterval);
    }

    public HybridClock Clock { get; }

    /// <summary>Told of every change that this replica made, in order and under the lock: it must only take note.</summary>
    public Action<MemoryChange>? Changed { get; set; }

    /// <summary>How many sessions are held, the expired ones that were not swept yet included.</summary>
    public int Count => _entries.Count;

    /// <summary>How many ended sessions are remembered.</summary>
    public int EndedCount
    {
        get
        {
            lock (_lock) return _ended.Count;
        }
    }

    /// <summary>The live session of this handle.</summary>
    public SessionRecord? Read(SessionHandle handle) =>
        _entries.TryGetValue(handle, out var entry) && IsAlive(entry, _time.GetUtcNow()) ? entry.View : null;

    /// <summary>Runs <paramref name="step"/> alone: what it reads stays so until its changes are applied.</summary>
    public T Exclusive<T>(Func<MemoryState, T> step)
    {
        lock (_lock) return step(this);
    }

    /// <summary>Takes a change of a peer.</summary>
    public void Receive(MemoryChange change)
    {
        Clock.Observe(change.LatestStamp);
        lock (_lock) Apply(change, isOwn: false);
    }

    /// <summary>Everything that is alive or was ended, or of that what changed within the last <paramref name="recent"/>; and subscribes to what comes after, without a gap.</summary>
    public IReadOnlyList<MemoryChange> CopyAndThen(TimeSpan? recent, Action subscribe)
    {
        lock (_lock)
        {
            var copy = new List<MemoryChange>(_entries.Count + _ended.Count + _users.Count);
            foreach (var (tag, user) in _users)
            {
                if (user.Generation > 0) copy.Add(new GenerationChange(tag, user.Generation));
            }

            foreach (var (handle, until) in _ended) copy.Add(new EndChange(handle, until));
            foreach (var entry in _entries.Values)
            {
                if (recent is { } limit && _time.GetElapsedTime(entry.ChangedAt) > limit) continue;
                copy.Add(entry.ToChange());
            }

            subscribe();
            return copy;
        }
    }

    public void Dispose() => _sweeper.Dispose();

    // What follows is called by steps inside Exclusive.

    public bool TryFind(SessionHandle handle, [NotNullWhen(true)] out MemoryEntry? entry) =>
        _entries.TryGetValue(handle, out entry) && IsAlive(entry, _time.GetUtcNow());

    public long Generation(string tag) => _users.TryGetValue(tag, out var user) ? user.Generation : 0;

    /// <summary>The user's live sessions that were not replaced, oldest sign-in first.</summary>
    public List<MemoryEntry> SessionsOf(string tag)
    {
        if (!_users.TryGetValue(tag, out var user)) return [];
        var now = _time.GetUtcNow();
        return [.. user.Sessions
            .Select(handle => _entries.GetValueOrDefault(handle))
            .OfType<MemoryEntry>()
            .Where(entry => entry.Succession is null && IsAlive(entry, now))
            .OrderBy(entry => entry.Birth!.Birth.Ordinal).ThenBy(entry => entry.Handle.Value, StringComparer.Ordinal)];
    }

    /// <summary>Applies a change that this replica makes, and tells of it.</summary>
    public void Make(MemoryChange change) => Apply(change, isOwn: true);

    public void End(MemoryEntry entry) => Make(new EndChange(entry.Handle, EndOf(entry)));

    private static DateTimeOffset EndOf(MemoryEntry entry) => entry.Birth?.Birth.AbsoluteEnd ?? DateTimeOffset.MinValue;

    private bool IsAlive(MemoryEntry entry, DateTimeOffset now)
    {
        if (entry.View is not { } view || now >= view.ExpiresAt) return false;
        // A replaced login lives no longer than the one that took over: signing that out ends both.
        return entry.Succession is not { } succession || (now < succession.Until && _entries.ContainsKey(succession.Successor));
    }
}
