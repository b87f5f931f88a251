using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary><c>&lt;shop-errors /&gt;</c>: what is wrong with the form as a whole; with <c>all="true"</c> also what is wrong with its fields.</summary>
[HtmlTargetElement("shop-errors", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ErrorsTagHelper : TagHelper
{
    /// <summary>Whether the fields' errors are listed too.</summary>
    public bool All { get; set; }

    /// <summary>The page, given by the framework.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var messages = ViewContext.ModelState.Where(entry => All || entry.Key.Length == 0).SelectMany(entry => entry.Value?.Errors ?? []).Select(error => error.ErrorMessage).Distinct().ToList();
        if (messages.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "alert alert--error");
        output.Attributes.SetAttribute("role", "alert");
        output.Content.SetHtmlContent(Icons.Html("alert"));
        output.Content.AppendHtml("<div>");
        foreach (var message in messages)
        {
            var paragraph = new TagBuilder("p");
            paragraph.InnerHtml.Append(message);
            output.Content.AppendHtml(paragraph);
        }

        output.Content.AppendHtml("</div>");
    }
}
