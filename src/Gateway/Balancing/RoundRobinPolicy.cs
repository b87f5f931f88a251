using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Balancing;

/// <summary>
/// Each request of a service goes to the next of its replicas, whoever sends it: nothing sticks to a replica. Pages take turns of their own:
/// a page that loads an odd number of further things from its service would else come from the same one of two replicas each time.
/// </summary>
internal sealed class RoundRobinPolicy : ILoadBalancingPolicy
{
    public const string PolicyName = "round-robin";

    private readonly ConditionalWeakTable<ClusterState, Turns> _turns = [];

    public string Name => PolicyName;

    public DestinationState? PickDestination(HttpContext context, ClusterState cluster, IReadOnlyList<DestinationState> availableDestinations)
    {
        if (availableDestinations.Count == 0) return null;
        var turns = _turns.GetValue(cluster, static _ => new Turns());
        var isPage = context.Request.Headers["Sec-Fetch-Dest"] is ["document"];
        return availableDestinations[(int)((isPage ? turns.NextPage() : turns.NextOther()) % (uint)availableDestinations.Count)];
    }

    private sealed class Turns
    {
        // Unsigned, so that the wrap after 4 billion requests stays a valid index.
        private uint _pages = uint.MaxValue;
        private uint _others = uint.MaxValue;

        public uint NextPage() => Interlocked.Increment(ref _pages);

        public uint NextOther() => Interlocked.Increment(ref _others);
    }
}
