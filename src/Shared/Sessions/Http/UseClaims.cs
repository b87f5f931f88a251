using System.Collections.Concurrent;

namespace ShopSession.Sessions.Http;

/// <summary>
/// Which request writes a session's last use. Requests at the same moment all find the sliding interval over; one of them is enough. Kept per process and apart from the record, of which each
/// request may have read a copy of its own. Safe for concurrent use.
/// </summary>
internal sealed class UseClaims(TimeProvider time)
{
    /// <summary>The most claims that are noted. Beyond it requests write without a claim: one write too many loses nothing.</summary>
    public const int Most = 4096;

    /// <summary>After this time the next request may write: the one that claimed may have failed.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SessionHandle, long> _claims = new();
    private readonly Lock _sweeping = new();
    private int _count;
    private long _sweptAt;

    /// <summary>How many claims are noted, those that are over included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether the request that asks is the one to write.</summary>
    public bool TryClaim(SessionHandle session)
    {
        var now = time.GetTimestamp();
        if (_claims.TryGetValue(session, out var claimed)) return IsOver(claimed, now) && _claims.TryUpdate(session, now, claimed);
        if (Count >= Most && !HasRoom(now)) return true;
        if (!_claims.TryAdd(session, now)) return false;
        Interlocked.Increment(ref _count);
        return true;
    }

    private bool IsOver(long claimed, long now) => time.GetElapsedTime(claimed, now) >= Life;

    /// <summary>Makes room if there is none, at most once in a claim's life: before that nothing more could be over.</summary>
    private bool HasRoom(long now)
    {
        lock (_sweeping)
        {
            if (Count < Most) return true;
            if (!IsOver(_sweptAt, now)) return false;
            _sweptAt = now;
            foreach (var claim in _claims)
            {
                // The pair: one that was claimed anew in between stays.
                if (IsOver(claim.Value, now) && _claims.TryRemove(claim)) Interlocked.Decrement(ref _count);
            }

            return Count < Most;
        }
    }
}
