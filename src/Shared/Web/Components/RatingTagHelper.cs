using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary><c>&lt;shop-rating value="4.3" count="87" /&gt;</c>: stars, and the same in words.</summary>
[HtmlTargetElement("shop-rating", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RatingTagHelper : TagHelper
{
    private const string Star = "M9.500 1.500l2.500 5.300 5.800.700-4.300 4 1.200 5.700-5.200-2.900-5.200 2.900 1.200-5.700-4.300-4 5.800-.700z";

    /// <summary>From 0 to 5.</summary>
    public double Value { get; set; }

    /// <summary>How many ratings there are. With 0 it says so in place of stars.</summary>
    public int Count { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (Count == 0)
        {
            output.Attributes.SetAttribute("class", "muted small");
            output.Content.SetContent(T["No ratings yet"]);
            return;
        }

        output.Attributes.SetAttribute("class", "rating");
        var width = (Math.Clamp(Value, 0, 5) * 19).ToString("0.#", CultureInfo.InvariantCulture);
        var text = Value.ToString("0.0", CultureInfo.InvariantCulture);
        // A nested svg cuts the filled row off where the rating ends; no id, so it may stand on a page many times.
        output.Content.SetHtmlContent($"<svg viewBox=\"0 0 95 18\" aria-hidden=\"true\">{Row("rating__off")}<svg width=\"{width}\" height=\"18\">{Row("rating__on")}</svg></svg><span class=\"visually-hidden\">{T[$"Rated {text} of 5"]}</span><span aria-hidden=\"true\">{text}</span>");
        output.Content.AppendHtml($"<span>({Count.ToString(CultureInfo.InvariantCulture)}<span class=\"visually-hidden\">{T[" ratings"]}</span>)</span>");
    }

    private static string Row(string style) =>
        string.Concat(Enumerable.Range(0, 5).Select(i => $"<path class=\"{style}\" transform=\"translate({i * 19})\" d=\"{Star}\"/>"));
}
