using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Model;

namespace ShopSession.Gateway.Balancing.Hashing;

/// <summary>
/// All configured replicas of a service in the order of their numbers, ready or not: a hash over those that happen to be ready would move everybody
/// each time one comes or goes. Safe for concurrent use.
/// </summary>
internal sealed class ServiceReplicas
{
    private static readonly Comparer<DestinationState> ByNumber = Comparer<DestinationState>.Create(static (one, other) =>
        one.DestinationId.Length != other.DestinationId.Length
            ? one.DestinationId.Length.CompareTo(other.DestinationId.Length)
            : string.CompareOrdinal(one.DestinationId, other.DestinationId));

    // YARP makes a new state object at each change of health, so nothing stale is kept.
    private readonly ConditionalWeakTable<ClusterDestinationsState, Ordered> _known = [];

    public Ordered Of(ClusterState service) => _known.GetValue(service.DestinationsState, static state => new Ordered(state));

    internal sealed class Ordered
    {
        public Ordered(ClusterDestinationsState state)
        {
            All = [.. state.AllDestinations.Order(ByNumber)];
            Names = [.. All.Select(replica => replica.DestinationId)];
        }

        public IReadOnlyList<DestinationState> All { get; }

        /// <summary>Of <see cref="All"/>, for example <c>cart-1</c>.</summary>
        public IReadOnlyList<string> Names { get; }
    }
}
