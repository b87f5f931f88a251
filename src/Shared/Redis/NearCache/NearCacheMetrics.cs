using System.Diagnostics.Metrics;

namespace ShopSession.Redis.NearCache;

/// <summary>The near cache's metrics: read from its counters when they are asked for, so that a hit pays nothing for them.</summary>
internal static class NearCacheMetrics
{
    public static void Register(Meter meter, RedisNearCache cache)
    {
        meter.CreateObservableCounter("redis.client.near_cache.requests", () => Requests(cache), "{request}", "Reads by result.");
        meter.CreateObservableCounter(
            "redis.client.near_cache.invalidations", () => cache.Statistics.Invalidations, "{key}", "Changed keys that the server reported.");
        meter.CreateObservableCounter(
            "redis.client.near_cache.evictions", () => cache.Statistics.Evictions, "{entry}", "Entries dropped to keep the bounds.");
        meter.CreateObservableGauge("redis.client.near_cache.hit_ratio", () => cache.Statistics.HitRatio, "1", "Share of hits since the start.");
        meter.CreateObservableGauge("redis.client.near_cache.entries", () => cache.Statistics.Entries, "{entry}", "Entries kept.");
        meter.CreateObservableGauge("redis.client.near_cache.size", () => cache.Statistics.Bytes, "By", "Estimated bytes kept.");
    }

    private static Measurement<long>[] Requests(RedisNearCache cache)
    {
        var statistics = cache.Statistics;
        return
        [
            new Measurement<long>(statistics.Hits, new KeyValuePair<string, object?>("result", "hit")),
            new Measurement<long>(statistics.Misses, new KeyValuePair<string, object?>("result", "miss")),
        ];
    }
}
