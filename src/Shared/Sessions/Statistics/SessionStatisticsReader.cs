using ShopSession.Redis;
using ShopSession.Sessions.Stores;
using ShopSession.Sessions.Stores.Memory;

namespace ShopSession.Sessions.Statistics;

/// <summary>Puts together what the parts have counted. Safe for concurrent use.</summary>
internal sealed class SessionStatisticsReader(ISessionStore store, IRedisNearCache nearCache, SessionTotals totals, SessionsInUse inUse) : ISessionStatistics
{
    public SessionStatistics Read()
    {
        var near = nearCache.Statistics;
        var (logins, guests) = inUse.Sample();
        return totals.Read() with
        {
            Strategy = store.Name,
            NearHits = near.Hits,
            NearMisses = near.Misses,
            NearEntries = near.Entries,
            InMemory = (store as MemorySessionStore)?.State.Count,
            Logins = logins,
            Guests = guests,
        };
    }
}
