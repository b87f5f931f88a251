using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary>A message for the next page that this visitor sees, kept in the session.</summary>
public static class FlashMessages
{
    internal const string TextKey = "flash.text";
    internal const string KindKey = "flash.kind";

    /// <summary>Says <paramref name="message"/> at the top of the next page. Kinds: see <see cref="AlertTagHelper"/>.</summary>
    public static void Flash(this ITempDataDictionary tempData, string message, string kind = "success")
    {
        ArgumentNullException.ThrowIfNull(tempData);
        tempData[TextKey] = message;
        tempData[KindKey] = kind;
    }
}

/// <summary><c>&lt;shop-flash /&gt;</c>: shows the waiting message once. Part of the layout.</summary>
[HtmlTargetElement("shop-flash", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FlashTagHelper : TagHelper
{
    /// <summary>The page, given by the framework.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        // Without a session there is no message, and on an error page the store may be what failed.
        var session = ViewContext.HttpContext.Features.Get<ISessionFeature>()?.Session;
        if (ViewContext.ViewData["Plain"] is true || session is null || ViewContext.TempData[FlashMessages.TextKey] is not string text)
        {
            output.SuppressOutput();
            return;
        }

        var kind = ViewContext.TempData[FlashMessages.KindKey] as string ?? "success";
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"alert alert--{kind}");
        output.Attributes.SetAttribute("role", kind == "error" ? "alert" : "status");
        output.Attributes.SetAttribute("data-testid", "flash");
        output.Content.SetHtmlContent(Icons.Html(kind is "success" ? "check" : kind is "info" ? "info" : "alert"));
        var paragraph = new TagBuilder("p");
        paragraph.InnerHtml.Append(text);
        output.Content.AppendHtml(paragraph);
    }
}
