using Microsoft.AspNetCore.Http;

namespace ShopSession.Sessions.Transports;

/// <summary>The client keeps an opaque id in a cookie; the session is in a store.</summary>
internal sealed class IdCarrier(SessionCookie cookie) : ISessionCarrier
{
    public bool IsWhole => false;

    public PresentedIds Read(HttpRequest request) => PresentedIds.OfCookie(request, cookie.Name);

    public string TokenOf(SessionId id, SessionRecord record) => id.Reveal();

    public void Set(HttpContext context, SessionId id, SessionRecord record, DateTimeOffset now) => cookie.Set(context, id, record.Birth, now);

    public void Clear(HttpContext context) => cookie.Clear(context);
}
