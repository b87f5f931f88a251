using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace ShopSession.Web.Components;

/// <summary>
/// <c>&lt;shop-field for="Input.Email" label="E-mail" type="email" autocomplete="username" hint="…" /&gt;</c>: label, input, hint and error
/// of one field, tied together for screen readers. Other attributes go to the input. Wrapped content (a select, say) replaces the input.
/// </summary>
[HtmlTargetElement("shop-field", Attributes = "for")]
public sealed class FieldTagHelper(IHtmlGenerator generator) : TagHelper
{
    /// <summary>The property of the model.</summary>
    public ModelExpression For { get; set; } = null!;

    /// <summary>The words above the input.</summary>
    public string Label { get; set; } = "";

    /// <summary>Help below the label.</summary>
    public string? Hint { get; set; }

    /// <summary>The input's type.</summary>
    public string Type { get; set; } = "text";

    /// <summary>The page, given by the framework.</summary>
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        var errors = ViewContext.ModelState.TryGetValue(name, out var entry) ? entry.Errors.Select(error => error.ErrorMessage).ToArray() : [];
        var content = await output.GetChildContentAsync();
        var attributes = output.Attributes.ToList();
        output.Attributes.Clear();
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        var label = new TagBuilder("label") { Attributes = { ["for"] = id } };
        label.InnerHtml.Append(Label);
        output.Content.AppendHtml(label);
        if (Hint is not null) output.Content.AppendHtml(Text("field__hint", id + "-hint", Hint));
        if (!content.IsEmptyOrWhiteSpace) output.Content.AppendHtml(content);
        else output.Content.AppendHtml(Input(name, id, errors.Length > 0, attributes));
        if (errors.Length > 0) output.Content.AppendHtml(Text("field__error", id + "-error", string.Join(" ", errors)));
    }

    private TagBuilder Input(string name, string id, bool invalid, List<TagHelperAttribute> attributes)
    {
        // A password is never sent back to the page.
        var value = Type == "password" ? null : generator.FormatValue(ViewContext.ViewData.ModelState.TryGetValue(name, out var entry) && entry.AttemptedValue is { } attempted ? attempted : For.Model, null);
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.Attributes["id"] = id;
        input.Attributes["name"] = name;
        input.Attributes["type"] = Type;
        if (value is not null) input.Attributes["value"] = value;
        foreach (var attribute in attributes) input.Attributes[attribute.Name] = Convert.ToString(attribute.Value, CultureInfo.InvariantCulture) ?? "";
        input.AddCssClass("input");
        var describedBy = string.Join(' ', new[] { Hint is null ? null : id + "-hint", invalid ? id + "-error" : null }.Where(part => part is not null));
        if (describedBy.Length > 0) input.Attributes["aria-describedby"] = describedBy;
        if (!invalid) return input;
        input.Attributes["aria-invalid"] = "true";
        // The first field that is wrong is where the visitor goes on, with and without scripts.
        if (ViewContext.HttpContext.Items.TryAdd(typeof(FieldTagHelper), true)) input.Attributes["autofocus"] = "autofocus";
        return input;
    }

    private static TagBuilder Text(string cssClass, string id, string text)
    {
        var element = new TagBuilder("p") { Attributes = { ["class"] = cssClass, ["id"] = id } };
        element.InnerHtml.Append(text);
        return element;
    }
}
