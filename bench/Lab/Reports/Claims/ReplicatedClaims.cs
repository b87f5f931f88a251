using ShopSession.Lab.Bench.Results;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Reports.Claims;

/// <summary>What is claimed of replicas that copy every session to one another.</summary>
internal static class ReplicatedClaims
{
    /// <summary>Changes that are gathered into one message save a little, so that growth need not be exact.</summary>
    private const double Tolerance = 0.25;

    /// <summary>Records of two strategies are not of the same size to the byte.</summary>
    private const double LeastOfAll = 0.7;

    public static IEnumerable<Claim> Of(LabResults results)
    {
        if (results.GrowthOf(SessionStrategies.Replicated) is { } growth && Traffic(growth) is { } traffic) yield return traffic;
        if (results.Way(SessionStrategies.Replicated) is { } all && results.Way(SessionStrategies.Local) is { } own) yield return Memory(all, own);
    }

    private static Claim? Traffic(GrowthResult growth)
    {
        var (two, most) = (growth.Points.FirstOrDefault(point => point.Replicas == 2), growth.Points[^1]);
        if (two is null || two.PeerBytes <= 0 || most.Replicas == two.Replicas) return null;
        var (times, expected) = (most.PeerBytes / two.PeerBytes, most.Replicas - 1);
        var bytes = string.Join(", ", growth.Points.Select(point => Say.It($"{point.PeerBytes:0}")));
        return Make("traffic per write grows with N-1", Math.Abs(times / expected - 1) <= Tolerance,
            Say.It($"{bytes} bytes between replicas for a write at {string.Join(", ", growth.Points.Select(point => point.Replicas))} replicas: {times:0.0} times those of two, {expected} expected"));
    }

    private static Claim Memory(WayResult all, WayResult own)
    {
        var (each, expected) = (all.MeanReplicaKib(), own.MeanReplicaKib() * own.Under.Replicas);
        return Make("memory of each replica: all sessions", all.ReplicaKibPer1000Sessions.Min() > LeastOfAll * expected,
            Say.It($"1,000 sessions take {each:0} KiB in each of {all.Under.Replicas} replicas; under local {own.MeanReplicaKib():0} KiB, as each has only its own"));
    }

    private static Claim Make(string text, bool holds, string figures) => new("1", SessionStrategies.Replicated, text, holds, figures);
}
