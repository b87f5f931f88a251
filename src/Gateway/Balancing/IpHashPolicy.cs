using ShopSession.Gateway.Balancing.Hashing;

namespace ShopSession.Gateway.Balancing;

/// <summary>One client address always reaches one replica: layer 4 affinity, by plain modulo. Everybody behind one NAT address shares a replica.</summary>
internal sealed class IpHashPolicy() : HashPolicy(PolicyName, ModuloOrder.Instance)
{
    public const string PolicyName = "ip-hash";

    protected override string? KeyOf(HttpContext context) => AddressKey.Of(context.Connection.RemoteIpAddress);
}
