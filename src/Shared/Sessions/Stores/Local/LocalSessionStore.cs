using Microsoft.Extensions.Options;
using ShopSession.Sessions.KeyRing;
using ShopSession.Sessions.Stores.Memory;

namespace ShopSession.Sessions.Stores.Local;

/// <summary>
/// Each replica keeps its own sessions in memory, as ASP.NET Core's in-memory session does. The broken baseline: another replica, and another service, knows nothing of a login, and a
/// restart forgets all. Right for a site of one process.
/// </summary>
internal sealed class LocalSessionStore(IOptions<SharedSessionOptions> options, UserTagKey tagKey, TimeProvider time)
    : MemorySessionStore(options.Value, tagKey, time, keepsEnds: false)
{
    public override string Name => SessionStrategies.Local;
}
