using Yarp.ReverseProxy.LoadBalancing;

namespace ShopSession.Gateway.Balancing;

/// <summary>The policies that <c>Gateway:Balancing</c> may name. A further policy is one class and one line here.</summary>
internal static class BalancingPolicies
{
    public static IReadOnlyList<string> Names { get; } = [RoundRobinPolicy.PolicyName, LeastRequestsPolicy.PolicyName];

    public static void AddBalancingPolicies(this IServiceCollection services)
    {
        services.AddSingleton<ILoadBalancingPolicy, RoundRobinPolicy>();
        services.AddSingleton<ILoadBalancingPolicy, LeastRequestsPolicy>();
    }
}
