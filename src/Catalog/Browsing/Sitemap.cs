using System.Text;
using System.Xml;
using Microsoft.EntityFrameworkCore;
using ShopSession.Catalog.Products;
using ShopSession.Sessions;
using ShopSession.Web;

namespace ShopSession.Catalog.Browsing;

/// <summary>Tells search engines which pages there are (<c>/sitemap.xml</c>) and which they may leave out (<c>/robots.txt</c>).</summary>
internal static class Sitemap
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Kept = "public, max-age=3600";

    public static void MapSitemap(this WebApplication app)
    {
        app.MapGet("/sitemap.xml", async (CatalogContext database, ShopUrls urls, HttpContext context, CancellationToken cancellationToken) =>
        {
            var categories = await database.Categories.AsNoTracking().OrderBy(category => category.Id).Select(category => category.Slug).ToListAsync(cancellationToken);
            var products = await database.Listed.OrderBy(product => product.Id).Select(product => product.Slug).ToListAsync(cancellationToken);
            context.Response.Headers.CacheControl = Kept;
            var pages = categories.Select(slug => urls.Catalog("/products?category=" + slug)).Concat(products.Select(slug => urls.Catalog("/products/" + slug)));
            return Results.Bytes(Write(pages.Prepend(urls.Catalog("/products")).Prepend(urls.Home())), "application/xml");
        }).DisableSharedSession();
        // Filtered and sorted lists are other views of pages that the sitemap names.
        app.MapGet("/robots.txt", (ShopUrls urls, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = Kept;
            return Results.Text($"User-agent: *\nDisallow: /api/\nDisallow: /*?*sort=\nDisallow: /*?*minPrice=\nDisallow: /*?*maxPrice=\n\nSitemap: {urls.Catalog("/sitemap.xml")}\n");
        }).DisableSharedSession();
    }

    private static byte[] Write(IEnumerable<string> pages)
    {
        using var content = new MemoryStream();
        using (var writer = XmlWriter.Create(content, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            writer.WriteStartElement("urlset", Namespace);
            foreach (var page in pages)
            {
                writer.WriteStartElement("url", Namespace);
                writer.WriteElementString("loc", Namespace, page);
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return content.ToArray();
    }
}
