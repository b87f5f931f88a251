using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.Transports;

/// <summary>What the client keeps of its session: the id alone, or the session itself. Safe for concurrent use.</summary>
internal interface ISessionCarrier
{
    /// <summary>Whether the client keeps the session itself, so that each change of it must reach the client.</summary>
    bool IsWhole { get; }

    /// <summary>What the request presents. Where the client keeps the session itself, each id carries it.</summary>
    PresentedIds Read(HttpRequest request);

    /// <summary>What an API client keeps.</summary>
    string TokenOf(SessionId id, SessionRecord record);

    /// <summary>Gives a browser what it keeps, all of it or nothing.</summary>
    /// <exception cref="SessionTooLargeException">The session is larger than a client can keep.</exception>
    void Set(HttpContext context, SessionId id, SessionRecord record, DateTimeOffset now);

    /// <summary>Takes it away.</summary>
    void Clear(HttpContext context);
}
