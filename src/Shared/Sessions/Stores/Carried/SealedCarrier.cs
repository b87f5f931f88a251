using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Stores.Carried;

/// <summary>
/// The whole session in cookies, encrypted and authenticated by data protection. Its keys rotate by themselves; the purpose names the site, so that a cookie of another site on the same key ring is no
/// session. Safe for concurrent use.
/// </summary>
internal sealed class SealedCarrier(CarriedCookies cookies, IDataProtectionProvider protection, IOptions<SharedSessionOptions> options) : ISessionCarrier
{
    private readonly IDataProtector _protector = protection.CreateProtector("ShopSession.Sessions.Client.v1", options.Value.Domain);

    public bool IsWhole => true;

    public PresentedIds Read(HttpRequest request)
    {
        if (BearerToken.Of(request) is { } token) return PresentedIds.Carried(SessionIdTransport.Bearer, Open(token) is { } only ? [only] : [], presented: 1);
        var ids = cookies.Read(request, out var presented).Select(Open).OfType<SessionId>().ToArray();
        return PresentedIds.Carried(presented == 0 ? SessionIdTransport.None : SessionIdTransport.Cookie, ids, presented);
    }

    public string TokenOf(SessionId id, SessionRecord record)
    {
        var text = Base64Url.EncodeToString(_protector.Protect(CarriedRecord.Write(id, record)));
        if (text.Length <= options.Value.MaxClientBytes) return text;
        throw new SessionTooLargeException(
            $"The session takes {text.Length} bytes of cookies; at most {options.Value.MaxClientBytes} are allowed (Session:MaxClientBytes), and nothing of it was sent. Keep less in the session, or keep it in a store (Session:Strategy=redis).");
    }

    public void Set(HttpContext context, SessionId id, SessionRecord record, DateTimeOffset now) => cookies.Write(context, TokenOf(id, record), record.Birth, now);

    public void Clear(HttpContext context) => cookies.Clear(context);

    private SessionId? Open(string text)
    {
        try
        {
            return CarriedRecord.Read(_protector.Unprotect(Base64Url.DecodeFromChars(text)));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            // Tampered with, of another site, or its key was revoked: no session. The caller counts it.
            return null;
        }
    }
}
