using ShopSession.Gateway.Balancing.Affinity;
using Yarp.ReverseProxy.LoadBalancing;

namespace ShopSession.Gateway.Balancing;

/// <summary>The policies that <c>Gateway:Balancing</c> may name. A further policy is one class and two lines here.</summary>
internal static class BalancingPolicies
{
    public static IReadOnlyList<string> Names { get; } =
    [
        RoundRobinPolicy.PolicyName,
        LeastRequestsPolicy.PolicyName,
        IpHashPolicy.PolicyName,
        IpHashRendezvousPolicy.PolicyName,
        SessionHashPolicy.PolicyName,
        SessionHashRendezvousPolicy.PolicyName,
    ];

    public static void AddBalancingPolicies(this IServiceCollection services)
    {
        services.AddSingleton<ILoadBalancingPolicy, RoundRobinPolicy>();
        services.AddSingleton<ILoadBalancingPolicy, LeastRequestsPolicy>();
        services.AddSingleton<ILoadBalancingPolicy, IpHashPolicy>();
        services.AddSingleton<ILoadBalancingPolicy, IpHashRendezvousPolicy>();
        services.AddSingleton<ILoadBalancingPolicy, SessionHashPolicy>();
        services.AddSingleton<ILoadBalancingPolicy, SessionHashRendezvousPolicy>();
        services.AddSingleton<SessionKey>();
        services.AddSingleton<SessionAffinity>();
    }
}
