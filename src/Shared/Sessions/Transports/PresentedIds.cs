using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.Transports;

/// <summary>How a request names its session.</summary>
internal enum SessionIdTransport
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>By cookie.</summary>
    Cookie,

    /// <summary>By <c>Authorization: Bearer</c>.</summary>
    Bearer,
}

/// <summary>
/// The ids that a request presents. A bearer token outranks a cookie: it was put there on purpose, and such a request never sets or clears cookies, so that the two
/// never fight.
/// </summary>
/// <param name="Transport">How they came.</param>
/// <param name="Candidates">Well-formed ids in the order sent; more than one only when cookies of the name are duplicated.</param>
/// <param name="Malformed">How many values had not the form of an id.</param>
internal sealed record PresentedIds(SessionIdTransport Transport, IReadOnlyList<SessionId> Candidates, int Malformed)
{
    private static readonly PresentedIds Nothing = new(SessionIdTransport.None, [], 0);

    /// <summary>Whether several cookies of the session's name came: at most one is the real one.</summary>
    public bool IsDuplicated => Transport == SessionIdTransport.Cookie && Candidates.Count + Malformed > 1;

    /// <summary>Where clients present the sessions themselves: those that could be opened, of as many as were presented.</summary>
    public static PresentedIds Carried(SessionIdTransport transport, IReadOnlyList<SessionId> ids, int presented) => new(transport, ids, Math.Max(0, presented - ids.Count));

    public static PresentedIds Of(HttpRequest request, string cookieName)
    {
        if (BearerToken.Of(request) is { } bearer)
        {
            return SessionId.TryParse(bearer, out var token)
                ? new PresentedIds(SessionIdTransport.Bearer, [token], 0)
                : new PresentedIds(SessionIdTransport.Bearer, [], 1);
        }

        if (request.Headers.Cookie.Count == 0) return Nothing;
        var values = RawCookieHeader.Values(request.Headers.Cookie, cookieName);
        if (values.Count == 0) return Nothing;
        var ids = new List<SessionId>(values.Count);
        foreach (var value in values)
        {
            if (SessionId.TryParse(value, out var id) && !ids.Exists(known => known.Handle == id.Handle)) ids.Add(id);
        }

        return new PresentedIds(SessionIdTransport.Cookie, ids, values.Count - ids.Count);
    }
}
