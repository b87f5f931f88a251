using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ShopSession.Gateway.Balancing.Hashing;
using ShopSession.Gateway.Configuration;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace ShopSession.Gateway.Balancing.Affinity;

/// <summary>
/// Ties a session to the replica that made it. A replica that makes a session (the first, or the new one at sign-in) cannot know where the new id's
/// hash will lead, so the hash of the id alone would send the next request elsewhere. When an answer sets the session's cookie, the gateway
/// draws a routing key whose home is the replica that answered, and sends it along. It keeps no table: any gateway finds the same home.
/// </summary>
internal sealed class SessionAffinity(IOptions<GatewayOptions> options, IOptions<ShopAddressOptions> shop, SessionKey key, IEnumerable<ILoadBalancingPolicy> policies)
{
    /// <summary>Each draw finds the one replica of N with probability 1/N, so this many fail for 16 replicas once in 10^11 times.</summary>
    private const int MostDraws = 400;

    private readonly HashPolicy? _policy = options.Value.Balancing is SessionHashPolicy.PolicyName or SessionHashRendezvousPolicy.PolicyName
        ? policies.OfType<HashPolicy>().Single(policy => policy.Name == options.Value.Balancing)
        : null;

    /// <summary>Adds itself to a route; does nothing under policies that look at no session.</summary>
    public static void Apply(TransformBuilderContext route)
    {
        var affinity = route.Services.GetRequiredService<SessionAffinity>();
        if (affinity._policy is null) return;
        route.AddResponseTransform(response =>
        {
            affinity.Follow(response.HttpContext);
            return ValueTask.CompletedTask;
        });
    }

    private void Follow(HttpContext context)
    {
        if (SessionCookieOf(context.Response) is not { } cookie) return;
        var current = RoutingCookie.Read(context.Request);
        if (IsRemoval(cookie))
        {
            if (current is not null) RoutingCookie.Clear(context, shop.Value.Domain);
            return;
        }
        var proxy = context.GetReverseProxyFeature();
        if (proxy.ProxiedDestination is not { } replica) return;
        var service = context.GetRouteModel().Cluster!;
        if (current is null || _policy!.HomeOf(current, service) != replica) current = DrawFor(replica, service);
        // Also an unchanged key is sent again: it is to live as long as the session's new cookie.
        RoutingCookie.Set(context, current, shop.Value.Domain, cookie.MaxAge);
    }

    private string DrawFor(DestinationState replica, ClusterState service)
    {
        var drawn = RoutingCookie.Draw();
        for (var draws = 1; draws < MostDraws && _policy!.HomeOf(drawn, service) != replica; draws++) drawn = RoutingCookie.Draw();
        return drawn;
    }

    // The real one stands on the parent domain's root; others of the name are strays that a service removes. The last one counts, as in a browser.
    private SetCookieHeaderValue? SessionCookieOf(HttpResponse response) =>
        response.Headers.SetCookie
            .Where(line => line is not null && line.StartsWith(key.SessionCookie, StringComparison.Ordinal))
            .Select(line => SetCookieHeaderValue.TryParse(line, out var cookie) ? cookie : null)
            .LastOrDefault(cookie => cookie is not null && cookie.Name.Equals(key.SessionCookie, StringComparison.Ordinal) && cookie.Path == "/" && cookie.Domain.HasValue);

    private static bool IsRemoval(SetCookieHeaderValue cookie) =>
        cookie.Value.Length == 0 || cookie.MaxAge <= TimeSpan.Zero || cookie.Expires <= DateTimeOffset.UnixEpoch;
}
