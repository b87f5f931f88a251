using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary><c>&lt;shop-stock value="3" /&gt;</c>: in stock, few left, or sold out; told by words and shape as well as by colour.</summary>
[HtmlTargetElement("shop-stock", TagStructure = TagStructure.WithoutEndTag)]
public sealed class StockTagHelper : TagHelper
{
    /// <summary>From this many pieces down, the number left is told.</summary>
    public const int FewPieces = 5;

    /// <summary>How many pieces can be sold.</summary>
    public int Value { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var (style, text) = Value switch
        {
            <= 0 => ("stock stock--out", T["Sold out"]),
            <= FewPieces => ("stock stock--low", T[$"Only {Value} left"]),
            _ => ("stock", T["In stock"]),
        };
        output.Attributes.SetAttribute("class", style);
        output.Content.SetContent(text);
    }
}
