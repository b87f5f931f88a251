using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace ShopSession.Web.Localization;

/// <summary>Speaks with every visitor in their language.</summary>
internal static class ShopLocalization
{
    /// <summary>Sets the culture of the request and marks pages with it. Stands before whatever may write a page, error pages too.</summary>
    public static void UseShopLocalization(this WebApplication app)
    {
        CultureInfo[] cultures = [.. Language.All.Select(language => CultureInfo.GetCultureInfo(language.Name))];
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(cultures[0]),
            SupportedCultures = cultures,
            SupportedUICultures = cultures,
            RequestCultureProviders = [new VisitorLanguage()],
        });
        app.Use((context, next) =>
        {
            context.Response.OnStarting(static state => MarkPage((HttpContext)state), context);
            return next(context);
        });
    }

    /// <summary>A cache on the way must not show a visitor the page in another's language.</summary>
    private static Task MarkPage(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (headers.ContentType.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
        {
            headers.ContentLanguage = context.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture.Name;
            headers.AppendCommaSeparatedValues("Vary", "Accept-Language", "Cookie");
        }

        return Task.CompletedTask;
    }
}
