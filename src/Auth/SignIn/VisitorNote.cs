using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using ShopSession.Sessions;
using ShopSession.Sessions.Stores;

namespace ShopSession.Auth.SignIn;

/// <summary>
/// Something that auth keeps for a visitor from one request to a later one: in the visitor's own session, so that every replica has it and no other browser. Where sessions hold no data
/// (<c>Session:Strategy=jwt</c>) it is sealed under the key ring in a cookie of auth's own host; there, taking it out is only as good as that cookie, so what may be used once needs a mark elsewhere.
/// </summary>
internal static class VisitorNote
{
    private const string CookiePrefix = "__Host-shop.";

    /// <summary>Keeps <paramref name="value"/> under <paramref name="key"/>, in place of what was there.</summary>
    public static void Set(HttpContext context, string key, byte[] value, TimeSpan lifetime)
    {
        if (SessionsHoldData(context))
        {
            context.Session.Set(key, value);
            return;
        }

        var cookie = Attributes();
        cookie.MaxAge = lifetime;
        context.Response.Cookies.Append(CookiePrefix + key, WebEncoders.Base64UrlEncode(Protector(context, key).Protect(value)), cookie);
    }

    /// <summary>What is kept; <see langword="null"/>: nothing, or nothing that this shop wrote.</summary>
    public static byte[]? Get(HttpContext context, string key)
    {
        if (SessionsHoldData(context)) return context.Session.Get(key);
        if (context.Request.Cookies[CookiePrefix + key] is not { Length: > 0 } text) return null;
        try
        {
            return Protector(context, key).Unprotect(WebEncoders.Base64UrlDecode(text));
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            // Tampered with, or written under a key that is gone: as good as nothing.
            return null;
        }
    }

    public static void Remove(HttpContext context, string key)
    {
        if (SessionsHoldData(context)) context.Session.Remove(key);
        else context.Response.Cookies.Delete(CookiePrefix + key, Attributes());
    }

    private static bool SessionsHoldData(HttpContext context) => SessionStrategies.All[context.GetSharedSession().Strategy].CarriesData != Promise.Broken;

    private static IDataProtector Protector(HttpContext context, string key) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("ShopSession.Auth.SignIn.VisitorNote", key);

    // Strict: what waits here goes on from a page of auth's own.
    private static CookieOptions Attributes() => new() { Path = "/", Secure = true, HttpOnly = true, SameSite = SameSiteMode.Strict, IsEssential = true };
}
