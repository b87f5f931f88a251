using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary><c>&lt;shop-scene name="lighthouse" /&gt;</c>: a small drawing for pages that have nothing else to show.</summary>
[HtmlTargetElement("shop-scene", TagStructure = TagStructure.WithoutEndTag)]
public sealed class SceneTagHelper : TagHelper
{
    /// <summary><c>lighthouse</c>, <c>storm</c>, <c>rope</c>, <c>hourglass</c>, <c>bottle</c> or <c>crate</c>.</summary>
    public string Name { get; set; } = "crate";

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = null;
        output.Content.SetHtmlContent(Scenes.Html(Name));
    }
}
