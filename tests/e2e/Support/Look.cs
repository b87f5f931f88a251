using Deque.AxeCore.Playwright;

namespace ShopSession.E2E.Tests.Support;

internal static class Look
{
    /// <summary>Keeps a picture of the page and holds it to the accessibility rules and to the window's width. Needs scripts in the page.</summary>
    public static async Task LookAsync(this Visitor visitor, string folder, string name)
    {
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Artefacts.Root, "pages", folder, name + ".png"), FullPage = true });
        var scrolls = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(scrolls <= 0, $"{name} is {scrolls} pixels wider than the window.");
        var result = await visitor.Page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join(Environment.NewLine, result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id}: {node.Html}"))));
    }
}
