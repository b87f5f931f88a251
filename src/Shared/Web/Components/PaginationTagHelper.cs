using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary><c>&lt;shop-pagination page="2" pages="7" /&gt;</c>: links to the pages of a list, keeping the rest of the query.</summary>
[HtmlTargetElement("shop-pagination", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PaginationTagHelper : TagHelper
{
    /// <summary>The page shown, from 1.</summary>
    public int Page { get; set; }

    /// <summary>How many there are.</summary>
    public int Pages { get; set; }

    /// <summary>The view, given by the framework.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Pages <= 1)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("aria-label", T["Pages"]);
        output.Content.AppendHtml("<ul class=\"pagination\">");
        if (Page > 1) Item(output, Page - 1, "‹", T["Previous page"], "prev");
        var last = 0;
        foreach (var number in Enumerable.Range(1, Pages).Where(number => number == 1 || number == Pages || Math.Abs(number - Page) <= 1))
        {
            if (number - last > 1) output.Content.AppendHtml("<li><span class=\"gap\" aria-hidden=\"true\">…</span></li>");
            Item(output, number, number.ToString(CultureInfo.InvariantCulture), T[$"Page {number}"], null);
            last = number;
        }

        if (Page < Pages) Item(output, Page + 1, "›", T["Next page"], "next");
        output.Content.AppendHtml("</ul>");
    }

    private void Item(TagHelperOutput output, int number, string text, string label, string? relation)
    {
        output.Content.AppendHtml(number == Page
            ? $"<li><span aria-current=\"page\" aria-label=\"{label}\">{text}</span></li>"
            : $"<li><a href=\"{HtmlEncoder.Default.Encode(Url(number))}\" aria-label=\"{label}\"{(relation is null ? "" : $" rel=\"{relation}\"")}>{text}</a></li>");
    }

    private string Url(int number)
    {
        var request = ViewContext.HttpContext.Request;
        var query = new QueryBuilder(request.Query.Where(pair => pair.Key != "page"));
        // The first page has one address, without a number.
        if (number > 1) query.Add("page", number.ToString(CultureInfo.InvariantCulture));
        return request.Path + query.ToQueryString();
    }
}
