using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary>One step of the way to a page.</summary>
/// <param name="Text">Its name.</param>
/// <param name="Url">Its address; <see langword="null"/> for the page itself.</param>
public sealed record Crumb(string Text, string? Url = null);

/// <summary><c>&lt;shop-breadcrumbs items="…" /&gt;</c>: the way to the page, last the page itself.</summary>
[HtmlTargetElement("shop-breadcrumbs", TagStructure = TagStructure.WithoutEndTag)]
public sealed class BreadcrumbsTagHelper : TagHelper
{
    /// <summary>The steps.</summary>
    public IReadOnlyList<Crumb> Items { get; set; } = [];

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "breadcrumbs");
        output.Attributes.SetAttribute("aria-label", T["You are here"]);
        var list = new TagBuilder("ol");
        foreach (var crumb in Items)
        {
            var step = new TagBuilder(crumb.Url is null ? "span" : "a");
            step.Attributes[crumb.Url is null ? "aria-current" : "href"] = crumb.Url ?? "page";
            step.InnerHtml.Append(crumb.Text);
            var item = new TagBuilder("li");
            item.InnerHtml.AppendHtml(step);
            list.InnerHtml.AppendHtml(item);
        }

        output.Content.AppendHtml(list);
    }
}
