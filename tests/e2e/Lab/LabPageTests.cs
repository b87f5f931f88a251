using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Lab;

[Collection(LabShop.Collection)]
public sealed class LabPageTests(LabShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task The_lab_page_and_the_runners_have_no_accessibility_violation_and_fit(ColorScheme scheme, int width)
    {
        var visitor = await NewVisitorAsync(options => (options.ColorScheme, options.ViewportSize) = (scheme, new() { Width = width, Height = 900 }));
        var folder = Path.Combine(Artefacts.Root, "pages", $"{scheme}-{width}".ToLowerInvariant());
        await visitor.OpenAsync("", "/lab");
        for (var i = 0; i < 3; i++) await visitor.Page.GotoAsync(await visitor.Page.GetByTestId("lab-again").GetAttributeAsync("href") ?? "");
        await CheckAsync(visitor.Page, Path.Combine(folder, "lab.png"), width);

        await visitor.Page.GotoAsync(Shop.RunnerPage);
        await visitor.Page.GetByLabel("Strategy").SelectOptionAsync("local");
        await Assertions.Expect(visitor.Page.Locator(".caution")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator("#panel-serving")).ToContainTextAsync("catalog-");
        await CheckAsync(visitor.Page, Path.Combine(folder, "runner.png"), width);
    }

    private static async Task CheckAsync(IPage page, string picture, int width)
    {
        await page.ScreenshotAsync(new() { Path = picture, FullPage = true });
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
        var result = await page.RunAxe();
        var violations = result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{page.Url}: {violation.Id}: {violation.Help}: {node.Html}")).ToList();
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }
}
