using ShopSession.Gateway.Balancing.Affinity;
using ShopSession.Gateway.Balancing.Hashing;

namespace ShopSession.Gateway.Balancing;

/// <summary>One session always reaches one replica: layer 7 affinity, by plain modulo. What stands for the session: <see cref="SessionKey"/>.</summary>
internal sealed class SessionHashPolicy(SessionKey key) : HashPolicy(PolicyName, ModuloOrder.Instance)
{
    public const string PolicyName = "session-hash";

    protected override string? KeyOf(HttpContext context) => key.Of(context.Request);
}
