using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Html;
using ShopSession.Catalog.Api;
using ShopSession.Catalog.Localization;
using ShopSession.Catalog.Products;

namespace ShopSession.Catalog.Browsing;

/// <summary>What search engines read about a page (schema.org, as JSON-LD). Data, not script: the content policy does not run it.</summary>
internal static class StructuredData
{
    // The default encoder escapes < and &, so no text can end the element that holds the data.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Default };

    public static IHtmlContent Of(Product product, string url, string picture)
    {
        var data = new Dictionary<string, object>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Product",
            ["name"] = Goods.Name(product),
            ["description"] = Goods.Summary(product),
            ["image"] = picture,
            ["sku"] = product.Id.ToString(CultureInfo.InvariantCulture),
            ["brand"] = new Dictionary<string, object> { ["@type"] = "Brand", ["name"] = "Holdfast" },
            ["category"] = Goods.Say(product.Category!.Name),
            ["offers"] = new Dictionary<string, object>
            {
                ["@type"] = "Offer",
                ["url"] = url,
                ["price"] = product.Price.ToString("0.00", CultureInfo.InvariantCulture),
                ["priceCurrency"] = ProductItem.ShopCurrency,
                ["availability"] = product.AvailableInAll > 0 ? "https://schema.org/InStock" : "https://schema.org/OutOfStock",
            },
        };
        // An aggregate of nothing is an error to those who read it: ratings begin at 1, and so does their number.
        if (product.Ratings > 0) data["aggregateRating"] = new Dictionary<string, object> { ["@type"] = "AggregateRating", ["ratingValue"] = product.Rating, ["ratingCount"] = product.Ratings };
        return Script(data);
    }

    public static IHtmlContent Breadcrumbs(IEnumerable<(string Name, string Url)> steps) => Script(new Dictionary<string, object>
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = steps.Select((step, i) => new Dictionary<string, object> { ["@type"] = "ListItem", ["position"] = i + 1, ["name"] = step.Name, ["item"] = step.Url }).ToArray(),
    });

    private static HtmlString Script(object data) => new($"<script type=\"application/ld+json\">{JsonSerializer.Serialize(data, Json)}</script>");
}
