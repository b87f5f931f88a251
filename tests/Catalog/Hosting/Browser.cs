using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace ShopSession.Catalog.Tests.Hosting;

/// <summary>A browser without scripts: keeps cookies, reads pages, presses buttons.</summary>
public sealed partial class Browser(CatalogHost host)
{
    private readonly Dictionary<string, string> _cookies = [];

    public async Task SignInAsync(string user, string? role = null) => (await SendAsync(HttpMethod.Post, $"/test/sign-in/{user}{(role is null ? "" : "?role=" + role)}")).Expect(200);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<IHtmlDocument> PageAsync(string path) => Read((await GetAsync(path)).Expect(200));

    /// <summary>Sends the form of the button with this test id; <paramref name="changes"/> fills some of its fields in.</summary>
    public Task<Reply> PressAsync(IHtmlDocument page, string testId, params (string Name, string Value)[] changes)
    {
        var form = (IHtmlFormElement)page.QuerySelector($"[data-testid='{testId}']")!.Closest("form")!;
        var fields = form.QuerySelectorAll("input[name], textarea[name]").ToDictionary(field => field.GetAttribute("name")!, field => field is IHtmlTextAreaElement area ? area.Value : field.GetAttribute("value") ?? "");
        foreach (var (name, value) in changes) fields[name] = value;
        return PostAsync(form.GetAttribute("action")!, fields);
    }

    public Task<Reply> PostAsync(string path, Dictionary<string, string> fields) => SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields));

    /// <summary>As a program that has this browser's cookies.</summary>
    public Task<Reply> JsonAsync(HttpMethod method, string path, HttpContent? content = null) => SendAsync(method, path, content, "application/json");

    public static IHtmlDocument Read(Reply reply) => new HtmlParser().ParseDocument(reply.Text);

    private async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content = null, string accept = "text/html")
    {
        var reply = await host.SendAsync(method, path, content, ("Accept", accept), ("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"))));
        foreach (Match match in Cookies().Matches(reply.Header("Set-Cookie") ?? "")) _cookies[match.Groups["name"].Value] = match.Groups["value"].Value;
        return reply;
    }

    [GeneratedRegex("(?<name>__Secure-[^=; ]+)=(?<value>[^;]+)")]
    private static partial Regex Cookies();
}
