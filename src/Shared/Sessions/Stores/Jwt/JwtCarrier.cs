using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Stores.Jwt;

/// <summary>
/// The login as signed tokens: one for access, good for minutes, and one to renew it with, good for the idle time. Each use after the sliding interval makes both anew. Nothing is asked of a store, so nothing can be
/// taken back before it expires. Safe for concurrent use.
/// </summary>
internal sealed class JwtCarrier(SessionCookie cookie, JwtKeys keys, IOptions<SharedSessionOptions> options, TimeProvider time) : ISessionCarrier
{
    /// <summary>How long an access token is good.</summary>
    public static readonly TimeSpan AccessLife = TimeSpan.FromMinutes(5);

    /// <summary>What browsers keep in one cookie, less its name.</summary>
    private const int LongestToken = 3900;

    private readonly string _issuer = $"https://{options.Value.Domain}";
    private readonly string _audience = options.Value.ApplicationName;

    public bool IsWhole => true;

    private string RefreshName => cookie.Name + ".refresh";

    public PresentedIds Read(HttpRequest request)
    {
        if (BearerToken.Of(request) is { } token)
            return PresentedIds.Carried(SessionIdTransport.Bearer, (Open(token, JwtToken.Access).Id ?? Open(token, JwtToken.Refresh).Id) is { } bearer ? [bearer] : [], presented: 1);

        var access = RawCookieHeader.Values(request.Headers.Cookie, cookie.Name);
        var refresh = RawCookieHeader.Values(request.Headers.Cookie, RefreshName);
        if (access.Count == 0 && refresh.Count == 0) return PresentedIds.Carried(SessionIdTransport.None, [], presented: 0);
        var ids = new List<SessionId>();
        foreach (var text in access)
        {
            var (isGenuine, id) = Open(text, JwtToken.Access);
            if (id is not null) ids.Add(id);
            // One that merely expired is renewed. One that is not genuine is an attack: the other token does not heal it.
            else if (isGenuine && refresh is [var renewal, ..] && Open(renewal, JwtToken.Refresh).Id is { } renewed) ids.Add(renewed);
        }

        if (access.Count == 0 && Open(refresh[0], JwtToken.Refresh).Id is { } only) ids.Add(only);
        return PresentedIds.Carried(SessionIdTransport.Cookie, ids, Math.Max(1, access.Count));
    }

    /// <summary>An API client's token: good for as long as the session may lie unused.</summary>
    public string TokenOf(SessionId id, SessionRecord record) => Make(JwtToken.Refresh, id, record, time.GetUtcNow());

    public void Set(HttpContext context, SessionId id, SessionRecord record, DateTimeOffset now)
    {
        var access = Make(JwtToken.Access, id, record, now);
        var refresh = Make(JwtToken.Refresh, id, record, now);
        cookie.Write(context, cookie.Name, access, record.Birth, now);
        cookie.Write(context, RefreshName, refresh, record.Birth, now);
    }

    public void Clear(HttpContext context)
    {
        cookie.Clear(context);
        cookie.Delete(context, RefreshName);
    }

    private string Make(string type, SessionId id, SessionRecord record, DateTimeOffset now)
    {
        var ends = record.Birth.ExpiresAt(now);
        var expires = type == JwtToken.Access && now + AccessLife < ends ? now + AccessLife : ends;
        var token = JwtToken.Sign(keys.Signing, type, JwtClaims.Of(id, record, _issuer, _audience, now, expires));
        if (token.Length <= LongestToken) return token;
        throw new SessionTooLargeException($"The login's token takes {token.Length} bytes; at most {LongestToken} fit into a cookie, and nothing of it was sent. Keep fewer claims, or use a store (Session:Strategy=redis).");
    }

    private (bool IsGenuine, SessionId? Id) Open(string text, string type)
    {
        if (JwtToken.Verify(text, type, keys.Find) is not { } claims || JwtClaims.ToSession(claims, _issuer, _audience) is not { } id) return (false, null);
        return (true, time.GetUtcNow() < JwtClaims.ExpiryOf(claims) ? id : null);
    }
}
