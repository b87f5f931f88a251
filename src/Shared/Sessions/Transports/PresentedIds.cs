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

    /// <summary>By a query value.</summary>
    Url,
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

    /// <summary>The bearer token, else the cookies of a name. A query value is no id here, whatever it looks like.</summary>
    public static PresentedIds OfCookie(HttpRequest request, string cookieName)
    {
        if (OfBearer(request) is { } bearer) return bearer;
        return request.Headers.Cookie.Count == 0 ? Nothing : Of(SessionIdTransport.Cookie, RawCookieHeader.Values(request.Headers.Cookie, cookieName));
    }

    /// <summary>The bearer token, else the query values of a name. Cookies are not looked at.</summary>
    public static PresentedIds OfUrl(HttpRequest request, string parameter) =>
        OfBearer(request) ?? Of(SessionIdTransport.Url, [.. request.Query[parameter].OfType<string>().Take(RawCookieHeader.MaxValues)]);

    private static PresentedIds? OfBearer(HttpRequest request)
    {
        if (BearerToken.Of(request) is not { } bearer) return null;
        return SessionId.TryParse(bearer, out var token) ? new PresentedIds(SessionIdTransport.Bearer, [token], 0) : new PresentedIds(SessionIdTransport.Bearer, [], 1);
    }

    private static PresentedIds Of(SessionIdTransport transport, List<string> values)
    {
        if (values.Count == 0) return Nothing;
        var ids = new List<SessionId>(values.Count);
        foreach (var value in values)
        {
            if (SessionId.TryParse(value, out var id) && !ids.Exists(known => known.Handle == id.Handle)) ids.Add(id);
        }

        return new PresentedIds(transport, ids, values.Count - ids.Count);
    }
}
