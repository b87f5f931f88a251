using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Health;

/// <summary>How YARP's two health values are used here: the passive one says whether a replica can be reached and is to stay, the active one whether it is ready.</summary>
internal static class ReplicaStates
{
    public static bool IsReachable(this DestinationState replica) => replica.Health.Passive != DestinationHealth.Unhealthy;

    /// <summary>Reachable, and its last probe succeeded.</summary>
    public static bool IsReady(this DestinationState replica) => replica.IsReachable() && replica.Health.Active == DestinationHealth.Healthy;
}
