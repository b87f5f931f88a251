using Microsoft.AspNetCore.Authentication;

namespace ShopSession.Sessions;

/// <summary>A session as read from its store. Immutable and safe to share; a request lays its own changes over it.</summary>
public sealed class SessionRecord
{
    private static readonly Dictionary<string, byte[]> NoAttributes = [];

    /// <summary>The public name.</summary>
    public required SessionHandle Handle { get; init; }

    /// <summary>What was fixed at the beginning.</summary>
    public required SessionBirth Birth { get; init; }

    /// <summary>Last use, exact to the sliding interval.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The login; <see langword="null"/> for an anonymous session.</summary>
    public AuthenticationTicket? Ticket { get; init; }

    /// <summary>What <c>HttpContext.Session</c> holds.</summary>
    public IReadOnlyDictionary<string, byte[]> Attributes { get; init; } = NoAttributes;

    /// <summary>Whether the id was replaced: the session may be read for the grace, and is never written.</summary>
    public bool IsSuperseded { get; init; }

    /// <summary>What the encrypted fields of a record said that was read from Redis; <see langword="null"/> elsewhere, and where that would take much memory.</summary>
    internal OpenedFields? Opened { get; init; }

    /// <summary>When the session ends if it is not used again.</summary>
    public DateTimeOffset ExpiresAt => Birth.ExpiresAt(LastSeenAt);
}
