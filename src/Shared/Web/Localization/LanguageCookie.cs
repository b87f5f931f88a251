using Microsoft.AspNetCore.Http;

namespace ShopSession.Web.Localization;

/// <summary>Remembers the language that a visitor chose, for all siblings. It says nothing about the visitor and holds no session.</summary>
public static class LanguageCookie
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "__Secure-shop.lang";

    /// <summary>How long a choice is remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(365);

    internal static Language? Read(HttpRequest request) => Language.Find(request.Cookies[Name]);

    internal static void Write(HttpResponse response, Language language, string domain) => response.Cookies.Append(Name, language.Name, new CookieOptions
    {
        Domain = domain,
        Path = "/",
        Secure = true,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        MaxAge = MaxAge,
        IsEssential = true,
    });
}
