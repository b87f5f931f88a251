using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ShopSession.Sessions;
using ShopSession.Web.Errors;
using ShopSession.Web.Returns;

namespace ShopSession.Web.Localization;

/// <summary>
/// <c>POST /language</c> at every service: remembers a language for all siblings and leads back. It needs neither session nor store, so that the switch works on error pages too,
/// and no anti-forgery token: the origin check refuses other sites, and nothing is changed but what the visitor's own browser keeps.
/// </summary>
internal static class LanguageEndpoint
{
    public const string Path = "/language";

    public static void MapLanguage(this WebApplication app) => app.MapPost(Path, ChooseAsync).DisableSharedSession();

    private static async Task<IResult> ChooseAsync(HttpContext context, ReturnUrls returns, IOptions<ShopOptions> shop, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType) return ShopProblems.UnsupportedMediaType.AsResult();
        var form = await context.Request.ReadFormAsync(cancellationToken);
        if (Language.Find(form["language"]) is not { } language) return ShopProblems.Invalid("language", T[$"Choose one of these: {string.Join(", ", Language.All.Select(known => known.Name))}."]).AsResult();
        LanguageCookie.Write(context.Response, language, shop.Value.Domain);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = returns.OrHomeStaying(form["returnUrl"]);
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
