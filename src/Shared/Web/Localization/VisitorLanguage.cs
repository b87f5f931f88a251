using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Net.Http.Headers;

namespace ShopSession.Web.Localization;

/// <summary>
/// The language of an answer: what the visitor chose, else what the browser asks for, else English. Programs get English: what they read are the types and fields of
/// an answer, and its words go into logs.
/// </summary>
internal sealed class VisitorLanguage : RequestCultureProvider
{
    private static readonly string[] ForPrograms = ["/api", "/internal", "/health", "/alive"];

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
        Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(Of(httpContext.Request).Name));

    public static Language Of(HttpRequest request) =>
        ForPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)) ? Language.English
        : LanguageCookie.Read(request) ?? Accepted(request) ?? Language.English;

    /// <summary>The best-liked language that the shop speaks (RFC 9110, 12.5.4); of equally liked ones the first.</summary>
    private static Language? Accepted(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Where(wanted => wanted.Quality is not 0)
        .OrderByDescending(wanted => wanted, StringWithQualityHeaderValueComparer.QualityComparer)
        .Select(wanted => Language.Match(wanted.Value.Value))
        .FirstOrDefault(language => language is not null);
}
