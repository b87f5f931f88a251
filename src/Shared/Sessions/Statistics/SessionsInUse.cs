using System.Collections.Concurrent;

namespace ShopSession.Sessions.Statistics;

/// <summary>Which sessions this process saw within <see cref="SessionStatistics.UseWindow"/>: a bounded sample of them. Safe for concurrent use.</summary>
internal sealed class SessionsInUse(TimeProvider time)
{
    /// <summary>The most sessions that are noted; beyond it every other one is no longer looked at.</summary>
    private const int Most = 4096;

    /// <summary>Use is noted at most once per session and interval, so that a busy session's requests do not all write.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ulong, Use> _uses = new();
    private readonly Lock _thinning = new();
    private int _level;
    private int _added;

    /// <summary>A request of this session.</summary>
    public void Saw(SessionHandle session, bool isLogin)
    {
        var mark = SessionSample.MarkOf(session);
        if (!SessionSample.Covers(Volatile.Read(ref _level), mark)) return;
        var isKnown = _uses.TryGetValue(mark, out var last);
        if (isKnown && last.IsLogin == isLogin && time.GetElapsedTime(last.At) < Interval) return;
        _uses[mark] = new Use(time.GetTimestamp(), isLogin);
        if (!isKnown && Interlocked.Increment(ref _added) > Most) Thin();
    }

    /// <summary>The session ended or has another id.</summary>
    public void Forget(SessionHandle session) => _uses.TryRemove(SessionSample.MarkOf(session), out _);

    public (SessionSample Logins, SessionSample Guests) Sample()
    {
        Thin();
        var level = Volatile.Read(ref _level);
        var uses = _uses.ToArray();
        return (Of(true), Of(false));
        SessionSample Of(bool isLogin) => SessionSample.Of(level, uses.Where(use => use.Value.IsLogin == isLogin).Select(use => use.Key));
    }

    private void Thin()
    {
        lock (_thinning)
        {
            Remove(use => time.GetElapsedTime(use.Value.At) > SessionStatistics.UseWindow);
            // Half is left free, so that this is not repeated for each newcomer.
            while (_uses.Count > Most / 2 && _level < 63)
            {
                _level++;
                Remove(use => !SessionSample.Covers(_level, use.Key));
            }

            // The level falls only when nothing is counted by it any more: a sample must be of one level throughout.
            if (_uses.IsEmpty) _level = 0;
            Volatile.Write(ref _added, _uses.Count);
        }
    }

    private void Remove(Func<KeyValuePair<ulong, Use>, bool> isOver)
    {
        foreach (var use in _uses)
        {
            // The pair: one that was used again in between stays.
            if (isOver(use)) _uses.TryRemove(use);
        }
    }

    private readonly record struct Use(long At, bool IsLogin);
}
