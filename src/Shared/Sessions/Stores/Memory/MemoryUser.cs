namespace ShopSession.Sessions.Stores.Memory;

/// <summary>What is known of a user: the generation, and the sessions. Used under the lock of <see cref="MemoryState"/>.</summary>
internal sealed class MemoryUser
{
    /// <summary>Sessions of an earlier generation are dead.</summary>
    public long Generation { get; set; }

    public HashSet<SessionHandle> Sessions { get; } = [];
}
