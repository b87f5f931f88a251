namespace ShopSession.Sessions.Database.Model;

/// <summary>A session, without what it carries.</summary>
internal sealed class SessionRow
{
    public required string Handle { get; init; }

    public required string Tag { get; init; }

    /// <summary>The sign-in's number among those of its user; 0 for a guest.</summary>
    public required long Ordinal { get; init; }

    public required byte[] Birth { get; init; }

    public required long LastSeenAt { get; init; }

    /// <summary>When it ends if it is not used; of a replaced one, when the grace ends.</summary>
    public required long ExpiresAt { get; init; }

    public byte[]? Ticket { get; init; }

    public byte[]? Device { get; init; }

    /// <summary>The session that took over.</summary>
    public string? Successor { get; init; }

    public List<AttributeRow> Attributes { get; init; } = [];
}
