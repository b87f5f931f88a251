using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>
/// The names of a session's keys. The tag in braces puts the record, the index and the user's counters on one cluster slot.
/// </summary>
/// <remarks>
/// <code>
/// s:{tag}handle   hash   the session: one field per attribute
/// i:{tag}         zset   the user's live sessions (handle by ordinal): a signed-in session lives only while it is a member
/// u:{tag}         hash   g: generation, n: number of sign-ins
/// e:{tag}         list   the timeline of the user's sessions, newest first
/// </code>
/// </remarks>
internal sealed class RedisSessionKeys(string prefix)
{
    /// <summary>What the keys begin with that reading a session depends on.</summary>
    public IEnumerable<string> ReadPrefixes => [$"{prefix}s:{{", $"{prefix}i:{{"];

    public RedisKey Record(SessionId id) => Record(id.Tag, id.Handle);

    public RedisKey Record(string tag, SessionHandle handle) => $"{prefix}s:{{{tag}}}{handle.Value}";

    public RedisKey Index(string tag) => $"{prefix}i:{{{tag}}}";

    public RedisKey User(string tag) => $"{prefix}u:{{{tag}}}";

    public RedisKey Timeline(string tag) => $"{prefix}e:{{{tag}}}";

    /// <summary>The pub/sub channel on which the handles of sessions that ended or changed their id are announced: the handle, and after a colon the
    /// time (Unix ms, by the store's clock) when it was ended; without a time the id was changed.</summary>
    public string EndingsChannel => $"{prefix}session-endings";

    public RedisKey TagKey => $"{prefix}session-tag-key";
}
