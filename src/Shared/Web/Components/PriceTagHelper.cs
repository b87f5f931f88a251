using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary><c>&lt;shop-price value="12.5m" /&gt;</c>: an amount with its currency.</summary>
[HtmlTargetElement("shop-price", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PriceTagHelper : TagHelper
{
    /// <summary>The amount.</summary>
    public decimal Value { get; set; }

    /// <summary>The ISO 4217 code.</summary>
    public string Currency { get; set; } = "EUR";

    /// <summary>The amount as text, for example <c>€1,249.00</c>.</summary>
    public static string Format(decimal value, string currency = "EUR") =>
        (value < 0 ? "−" : "") + (currency == "EUR" ? "€" : currency + "\u00a0") + Math.Abs(value).ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>The amount as the element shows it, to be put into a sentence.</summary>
    public static IHtmlContent Html(decimal value)
    {
        var price = new TagBuilder("span") { Attributes = { ["class"] = "price" } };
        price.InnerHtml.Append(Format(value));
        return price;
    }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", output.Attributes["class"] is { } given ? $"price {given.Value}" : "price");
        output.Content.SetContent(Format(Value, Currency));
    }
}
