using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Health;

/// <summary>
/// Requests go to the replicas that are ready. Where none is, they go to those that at least answer: a shop whose store is down still
/// shows its catalog, and says itself what it cannot do, which is better than the gateway's refusal. A replica that cannot be
/// connected to is never used.
/// </summary>
internal sealed class PreferReadyPolicy : IAvailableDestinationsPolicy
{
    public const string PolicyName = "prefer-ready";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        var ready = allDestinations.Where(replica => replica.IsReachable() && replica.Health.Active != DestinationHealth.Unhealthy).ToArray();
        return ready.Length > 0 ? ready : [.. allDestinations.Where(replica => replica.IsReachable())];
    }
}
