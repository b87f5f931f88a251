using ShopSession.Gateway.Balancing.Affinity;
using ShopSession.Gateway.Balancing.Hashing;

namespace ShopSession.Gateway.Balancing;

/// <summary>As <see cref="SessionHashPolicy"/>, by rendezvous hashing: a replica more or less moves only its own share of the sessions.</summary>
internal sealed class SessionHashRendezvousPolicy(SessionKey key) : HashPolicy(PolicyName, RendezvousOrder.Instance)
{
    public const string PolicyName = "session-hash-rendezvous";

    protected override string? KeyOf(HttpContext context) => key.Of(context.Request);
}
