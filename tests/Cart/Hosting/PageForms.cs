using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ShopSession.Cart.Tests.Hosting;

/// <summary>Reads pages and presses their buttons the way a browser without scripts does.</summary>
public static class PageForms
{
    public static IHtmlDocument Page(this Reply reply) => new HtmlParser().ParseDocument(reply.Text);

    public static async Task<IHtmlDocument> PageAsync(this Shopper shopper, string path) => (await shopper.GetAsync(path, ("Accept", "text/html"))).Expect(200).Page();

    /// <summary>Sends the form of a button with its fields; <paramref name="changes"/> fills some of them in.</summary>
    public static Task<Reply> PressAsync(this Shopper shopper, IElement? button, params (string Name, string Value)[] changes)
    {
        Assert.NotNull(button);
        var form = Assert.IsType<IHtmlFormElement>(button.Closest("form"), exactMatch: false);
        var fields = form.QuerySelectorAll("input[name], select[name]")
            .Where(field => field.GetAttribute("type") is not ("radio" or "checkbox") || field.HasAttribute("checked"))
            .ToDictionary(
                field => field.GetAttribute("name")!,
                field => field is IHtmlSelectElement select ? select.Value ?? "" : field.GetAttribute("value") ?? "");
        foreach (var (name, value) in changes) fields[name] = value;
        var path = button.GetAttribute("formaction") ?? form.GetAttribute("action") ?? "/";
        return shopper.FormAsync(path, fields, ("Accept", "text/html"));
    }

    public static IElement? TestId(this IParentNode node, string id) => node.QuerySelector($"[data-testid='{id}']");

    public static string Words(this IElement? element) => string.Join(' ', (element?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
