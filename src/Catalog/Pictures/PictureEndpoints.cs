using ShopSession.Sessions;
using ShopSession.Web.Errors;

namespace ShopSession.Catalog.Pictures;

internal static class PictureEndpoints
{
    public static void MapPictures(this WebApplication app) =>
        app.MapMethods("/pictures/{version}/{name}", ["GET", "HEAD"], (string name, ProductPictures pictures, HttpContext context) =>
        {
            if (pictures.Draw(name) is not { } svg) return ShopProblems.NotFound.AsResult();
            var headers = context.Response.Headers;
            headers.CacheControl = "public, max-age=31536000, immutable";
            // Opened by itself, a picture runs nothing and loads nothing.
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
            return Results.Text(svg, "image/svg+xml");
        }).DisableSharedSession();
}
