using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions.Stores.Memory;

/// <summary>
/// One step of a session's history. Applying is idempotent and, but for a session's birth, needs no order: every replica that has seen the same changes holds the same state.
/// </summary>
internal abstract record MemoryChange
{
    /// <summary>What arrives late and must not count is told apart by its stamp; the clock of who receives it moves past this.</summary>
    public abstract long LatestStamp { get; }
}

/// <summary>A session begins, or something of it changes.</summary>
/// <param name="Handle">The session.</param>
/// <param name="Tag">What the sessions of its user have in common.</param>
internal sealed record SessionChange(SessionHandle Handle, string Tag) : MemoryChange
{
    /// <summary>Only when the session begins.</summary>
    public MemoryBirth? Birth { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public IReadOnlyList<MemoryAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<MemoryCounter> Counters { get; init; } = [];

    /// <summary>The session's id was replaced.</summary>
    public MemorySuccession? Succession { get; init; }

    public override long LatestStamp => Attributes.Count == 0 ? 0 : Attributes.Max(attribute => attribute.Stamp.Time);
}

/// <summary>A session ends.</summary>
/// <param name="Handle">The session.</param>
/// <param name="Until">Its absolute end: until then a late change could bring it back, and is refused.</param>
internal sealed record EndChange(SessionHandle Handle, DateTimeOffset Until) : MemoryChange
{
    public override long LatestStamp => 0;
}

/// <summary>All sessions of a user of a generation before this one end.</summary>
/// <param name="Tag">The user.</param>
/// <param name="Generation">The time of a <see cref="Stamp"/>.</param>
internal sealed record GenerationChange(string Tag, long Generation) : MemoryChange
{
    public override long LatestStamp => Generation;
}

/// <summary>What is fixed when a session begins.</summary>
/// <param name="Birth">Its times and the order of its sign-in.</param>
/// <param name="Generation">The user's generation that it belongs to.</param>
/// <param name="Ticket">The login.</param>
/// <param name="UserAgent">For the device list.</param>
/// <param name="Address">For the device list.</param>
internal sealed record MemoryBirth(SessionBirth Birth, long Generation, AuthenticationTicket? Ticket, string UserAgent, string Address);

/// <summary>An attribute's last value; <see langword="null"/>: removed.</summary>
internal sealed record MemoryAttribute(string Name, Stamp Stamp, byte[]? Value);

/// <summary>What one replica has added to a counter in all. The counter is the sum over replicas, so no step is ever lost.</summary>
internal sealed record MemoryCounter(string Name, long Node, long Value);

/// <summary>Which session took over, and until when the old id may read.</summary>
internal sealed record MemorySuccession(SessionHandle Successor, DateTimeOffset Until);
