using Microsoft.Extensions.Options;
using ShopSession.Sessions.KeyRing;
using ShopSession.Sessions.Stores.Memory;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>
/// Every replica of every service holds every session and tells the others what changed, as Tomcat's DeltaManager does. Requests are served from memory; a change is known elsewhere a moment later.
/// </summary>
internal sealed class ReplicatedSessionStore : MemorySessionStore, IJoiningStore
{
    private volatile bool _hasJoined;

    public ReplicatedSessionStore(IOptions<SharedSessionOptions> options, UserTagKey tagKey, TimeProvider time, PeerHub hub)
        : base(options.Value, tagKey, time, keepsEnds: true) => State.Changed = hub.Publish;

    public override string Name => SessionStrategies.Replicated;

    /// <summary>Whether the sessions that there were have been copied.</summary>
    public bool HasJoined => _hasJoined;

    public string? NotReady => _hasJoined ? null : "This replica is still copying the sessions from its peers.";

    public void Join() => _hasJoined = true;

    protected override void EnsureReady()
    {
        if (NotReady is { } reason) throw new SessionStoreUnavailableException(reason);
    }
}
