using ShopSession.Gateway.Balancing.Hashing;

namespace ShopSession.Gateway.Balancing;

/// <summary>As <see cref="IpHashPolicy"/>, by rendezvous hashing: a replica more or less moves only its own share of the clients.</summary>
internal sealed class IpHashRendezvousPolicy() : HashPolicy(PolicyName, RendezvousOrder.Instance)
{
    public const string PolicyName = "ip-hash-rendezvous";

    protected override string? KeyOf(HttpContext context) => AddressKey.Of(context.Connection.RemoteIpAddress);
}
