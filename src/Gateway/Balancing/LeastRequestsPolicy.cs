using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Balancing;

/// <summary>
/// Each request goes to the replica with the fewest requests under way, so that a slow replica gets less. Of equals, the first after a
/// random start is taken: else an idle shop would use one replica only.
/// </summary>
internal sealed class LeastRequestsPolicy : ILoadBalancingPolicy
{
    public const string PolicyName = "least-requests";

    public string Name => PolicyName;

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        var count = availableDestinations.Count;
        if (count == 0) return null;
#pragma warning disable CA5394 // Spreads load; nothing secret depends on it.
        var start = Random.Shared.Next(count);
#pragma warning restore CA5394
        var best = availableDestinations[start];
        for (var i = 1; i < count && best.ConcurrentRequestCount > 0; i++)
        {
            var other = availableDestinations[(start + i) % count];
            if (other.ConcurrentRequestCount < best.ConcurrentRequestCount) best = other;
        }
        return best;
    }
}
