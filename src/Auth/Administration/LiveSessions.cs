using ShopSession.Sessions;
using ShopSession.Web.Replicas.Presence;

namespace ShopSession.Auth.Administration;

/// <summary>The sessions of the shop as its running replicas tell of them. Immutable.</summary>
internal sealed class LiveSessions(IReadOnlyList<ReplicaReport> replicas)
{
    /// <summary>By service and name.</summary>
    public IReadOnlyList<ReplicaReport> Replicas { get; } = replicas;

    /// <summary>Where session data lives; several while the shop is being switched over.</summary>
    public IReadOnlyList<string> Strategies { get; } = [.. replicas.Select(replica => replica.Sessions.Strategy).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Logins in use, each counted once however many replicas serve it.</summary>
    public long Logins { get; } = SessionSample.Union(replicas.Select(replica => replica.Sessions.Logins)).Estimate;

    /// <summary>Guests' sessions in use.</summary>
    public long Guests { get; } = SessionSample.Union(replicas.Select(replica => replica.Sessions.Guests)).Estimate;

    public long Sum(Func<SessionStatistics, long> count) => Replicas.Sum(replica => count(replica.Sessions));

    /// <summary>Reads that the near caches served, in whole percent; <see langword="null"/> when there was none.</summary>
    public static int? HitRatio(long hits, long misses) => hits + misses == 0 ? null : (int)(100 * hits / (hits + misses));
}
