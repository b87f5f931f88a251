using ShopSession.Redis;
using ShopSession.Sessions.Stores.Redis;

namespace ShopSession.Sessions.Diagnostics;

/// <summary>
/// Measures how long after its end a session is refused at this replica: from the time stamped by whoever ended it, on the store's clock, until the announcement is here and the near cache holds
/// nothing of it any more (from then on a read asks the store, which refuses). Safe for concurrent use.
/// </summary>
internal sealed class RevocationDelay(SessionMetrics metrics, IRedisNearCache nearCache, RedisSessionStore store, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(2);

    /// <summary>The bound of the near cache without any message, and some slack.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Whether somebody listens, and this replica knows the store's time.</summary>
    public bool IsMeasured => metrics.MeasuresRevocation && store.KnowsTime;

    public async Task MeasureAsync(SessionHandle session, DateTimeOffset endedAt, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (nearCache.TryGet<SessionRecord>(session.Value, out _) && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(started) < Limit)
            await Task.Delay(Step, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        metrics.RevocationHeard(store.Clock.GetUtcNow() - endedAt);
    }
}
