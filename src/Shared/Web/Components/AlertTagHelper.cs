using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary><c>&lt;shop-alert kind="success|info|warning|error"&gt;…&lt;/shop-alert&gt;</c>: a message in the page.</summary>
[HtmlTargetElement("shop-alert")]
public sealed class AlertTagHelper : TagHelper
{
    /// <summary><c>info</c>, <c>success</c>, <c>warning</c> or <c>error</c>.</summary>
    public string Kind { get; set; } = "info";

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"alert alert--{Kind}");
        output.Attributes.SetAttribute("role", Kind == "error" ? "alert" : "status");
        output.Content.SetHtmlContent(Icons.Html(Kind switch { "success" => "check", "info" => "info", _ => "alert" }));
        output.Content.AppendHtml("<div>").AppendHtml(content).AppendHtml("</div>");
    }
}
