using System.Security.Cryptography;

namespace ShopSession.Sessions.Stores.Memory;

/// <summary>
/// Gives stamps that only rise: the wall clock, or one more than the latest stamp seen from anywhere (a hybrid logical clock: Kulkarni et al., 2014). So what was written in knowledge of
/// something sorts after it even when the writer's clock is behind. Safe for concurrent use.
/// </summary>
internal sealed class HybridClock(TimeProvider time)
{
    private long _latest;

    /// <summary>This process, among all replicas and its own earlier lives.</summary>
    public long Node { get; } = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));

    public DateTimeOffset Now => time.GetUtcNow();

    public Stamp Next()
    {
        var now = (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        while (true)
        {
            var latest = Volatile.Read(ref _latest);
            var next = Math.Max(now, latest + 1);
            if (Interlocked.CompareExchange(ref _latest, next, latest) == latest) return new Stamp(next, Node);
        }
    }

    public void Observe(long stamped)
    {
        for (var latest = Volatile.Read(ref _latest); stamped > latest; latest = Volatile.Read(ref _latest))
        {
            if (Interlocked.CompareExchange(ref _latest, stamped, latest) == latest) return;
        }
    }
}
