using System.Globalization;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Stores.Carried;

/// <summary>
/// A long text in cookies: browsers keep at most 4096 bytes in one (name and value; RFC 6265bis, section 5.7). The first has the session's name and begins with how many there are; the others have their number
/// after the name. Safe for concurrent use.
/// </summary>
internal sealed class CarriedCookies(SessionCookie cookie)
{
    /// <summary>Leaves room for the name.</summary>
    public const int ChunkLength = 3800;

    private const int MostChunks = 9;

    /// <summary>The texts that the request carries; several only when cookies of the name are duplicated. Those with a piece missing are left out.</summary>
    public IEnumerable<string> Read(HttpRequest request, out int presented)
    {
        var firsts = RawCookieHeader.Values(request.Headers.Cookie, cookie.Name);
        presented = firsts.Count;
        return firsts.Select(first => Join(request, first)).OfType<string>();
    }

    public void Write(HttpContext context, string text, SessionBirth birth, DateTimeOffset now)
    {
        var chunks = text.Chunk(ChunkLength).Select(chunk => new string(chunk)).ToArray();
        cookie.Write(context, cookie.Name, $"{chunks.Length}.{chunks[0]}", birth, now);
        for (var i = 1; i < chunks.Length; i++) cookie.Write(context, NameOf(i), chunks[i], birth, now);
        ClearFrom(context, chunks.Length);
    }

    public void Clear(HttpContext context)
    {
        cookie.Clear(context);
        ClearFrom(context, 1);
    }

    private string? Join(HttpRequest request, string first)
    {
        if (first.Length < 3 || first[1] != '.' || first[0] is < '1' or > '9') return null;
        var text = first[2..];
        for (var i = 1; i < first[0] - '0'; i++)
        {
            if (RawCookieHeader.Values(request.Headers.Cookie, NameOf(i)) is not [var next, ..]) return null;
            text += next;
        }

        return text;
    }

    /// <summary>Takes away pieces of a longer text before.</summary>
    private void ClearFrom(HttpContext context, int first)
    {
        for (var i = first; i <= MostChunks; i++)
        {
            if (RawCookieHeader.Values(context.Request.Headers.Cookie, NameOf(i)).Count > 0) cookie.Delete(context, NameOf(i));
        }
    }

    private string NameOf(int chunk) => string.Create(CultureInfo.InvariantCulture, $"{cookie.Name}.{chunk}");
}
