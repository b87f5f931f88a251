using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ShopSession.Auth.Tests.Harness;

/// <summary>A page as a browser without scripts has it: read, filled in, sent.</summary>
internal sealed class FormPage(Browser browser, string path, HttpResponseMessage answer, IHtmlDocument document)
{
    public HttpStatusCode Status => answer.StatusCode;

    public HttpResponseMessage Answer => answer;

    public IHtmlDocument Document => document;

    public string Text => document.Body?.TextContent ?? "";

    public static async Task<FormPage> OpenAsync(Browser browser, string path)
    {
        var answer = await browser.GetAsync(path);
        return await ReadAsync(browser, path, answer);
    }

    /// <summary>Sends the form that has a field or button matching <paramref name="selector"/>, with its hidden fields and the given values.</summary>
    public async Task<FormPage> SendAsync(string selector, params (string Name, string Value)[] values)
    {
        var form = document.QuerySelector(selector)?.Closest("form") as IHtmlFormElement ?? throw new InvalidOperationException($"{path} has no form with {selector}: {Text}");
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input")
            .Where(input => input.Type is not ("checkbox" or "radio") || input.IsChecked)
            .ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
        foreach (var (name, value) in values) fields[name] = value;
        var target = form.GetAttribute("action") is { Length: > 0 } action ? action : path;
        return await ReadAsync(browser, target, await browser.FormAsync(target, fields));
    }

    public string? ErrorAt(string name) => document.QuerySelector($"[name='{name}']")?.Closest(".field")?.QuerySelector(".field__error")?.TextContent.Trim();

    public string? ValueOf(string name) => document.QuerySelector<IHtmlInputElement>($"[name='{name}']")?.GetAttribute("value");

    private static async Task<FormPage> ReadAsync(Browser browser, string path, HttpResponseMessage answer)
    {
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new FormPage(browser, path, answer, new HtmlParser().ParseDocument(html));
    }
}
