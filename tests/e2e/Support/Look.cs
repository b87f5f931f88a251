using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ShopSession.E2E.Tests.Support;

/// <summary>Keeps a picture of a page and holds it to the accessibility rules and to the window's width. Needs scripts in the page.</summary>
internal static class Look
{
    // In the page itself and for what is wrong alone. The package's own way for Playwright, made for pages with frames, of which there are none here, opens another page each time and takes four times as long.
    private const string Run =
        "() => axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.html}`)))";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <param name="picture">Where the picture goes, below <c>TestResults/e2e/pages</c>, without extension.</param>
    public static async Task LookAsync(this IPage page, params string[] picture)
    {
        var problems = await page.ProblemsAsync(picture);
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
    }

    /// <summary>A line for each thing that is wrong.</summary>
    /// <param name="picture">As of <see cref="LookAsync"/>.</param>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(this IPage page, params string[] picture)
    {
        // A click returns when the next page has begun; a part of it would be judged as the whole.
        await page.WaitForLoadStateAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine([Artefacts.Root, "pages", .. picture[..^1], picture[^1] + ".png"]), FullPage = true });
        var wider = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        await page.EvaluateAsync(Axe);
        var violations = await page.EvaluateAsync<string[]>(Run);
        return [.. wider > 0 ? [$"{page.Url}: {wider} pixels wider than the window"] : Array.Empty<string>(), .. violations.Select(violation => $"{page.Url}: {violation}")];
    }
}
