using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>What is claimed of a central store: the network call, the near cache, the shards, and that a database is slower.</summary>
internal static class CentralClaims
{
    /// <summary>Fewer bytes a request than this are no call: what passes anyway, taken off, leaves a little.</summary>
    public const double NoCall = 20;

    private const double MostOfFairShare = 1.33;

    // Of a cluster of three.
    private const int Shards = 3;

    public static IEnumerable<Claim> Of(LabResults results)
    {
        var redis = results.Way(SessionStrategies.Redis);
        if (results.Way(Ways.RedisWithoutNearCache) is { StoreBytesPerRead: { } far } plain)
        {
            yield return new Claim("5", plain.Way, "one more network call for each request", far > NoCall, Say.It($"{far:0} bytes to and from the store for a read, {plain.Throughput:0.00} of the requests/s of no session"));
            if (redis is { StoreBytesPerRead: { } near })
                yield return new Claim("5", redis.Way, "the near cache takes that call off a repeated read", near < NoCall && near < far, Say.It($"{near:0} bytes for a read, {redis.Throughput:0.00} of the requests/s of no session"));
        }
        if (results.Way(Ways.RedisCluster) is { BusiestShard: { } share } cluster)
            yield return new Claim("5b", cluster.Way, "the store scales out: sessions spread over its masters", share < MostOfFairShare / Shards, Say.It($"the fullest of {Shards} masters has {Say.Part(share)} of the keys"));
        if (redis is null) yield break;
        foreach (var database in results.Ways.Where(way => AllClaims.RowOf(way.Way) == "5c"))
        {
            yield return new Claim("5c", database.Way, "slower than Redis", database.Throughput < redis.Throughput,
                Say.It($"reads come to {database.Throughput:0.00} of the requests/s of no session, under redis to {redis.Throughput:0.00}"));
        }
    }
}
