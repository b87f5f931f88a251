using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Balancing.Hashing;

/// <summary>
/// A request goes to its key's home replica; while that is down or was found gone, to the next in the key's order, and home again once it is back.
/// Requests without a key take turns, like everything does under round robin. Safe for concurrent use.
/// </summary>
internal abstract class HashPolicy(string name, IReplicaOrder order) : ILoadBalancingPolicy
{
    private readonly ServiceReplicas _replicas = new();
    private readonly RoundRobinPolicy _withoutKey = new();

    public string Name => name;

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (availableDestinations.Count < 2) return availableDestinations.Count == 0 ? null : availableDestinations[0];
        if (KeyOf(context) is not { } key) return _withoutKey.PickDestination(context, cluster, availableDestinations);
        var replicas = _replicas.Of(cluster);
        for (var rank = 0; rank < replicas.All.Count; rank++)
        {
            var choice = replicas.All[order.At(key, replicas.Names, rank)];
            if (availableDestinations.Contains(choice)) return choice;
        }
        // The configuration changed under this request: whatever is left serves.
        return availableDestinations[0];
    }

    /// <summary>The replica that the key belongs to, whether it can be used now or not.</summary>
    public DestinationState HomeOf(string key, ClusterState cluster)
    {
        var replicas = _replicas.Of(cluster);
        return replicas.All[order.At(key, replicas.Names, 0)];
    }

    /// <summary>What the request is told apart by; <see langword="null"/>: nothing.</summary>
    protected abstract string? KeyOf(HttpContext context);
}
