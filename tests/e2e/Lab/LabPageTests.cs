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
        var folder = $"{scheme}-{width}".ToLowerInvariant();
        var lab = new LabVisitor(visitor, Shop);
        await visitor.OpenAsync("", "/lab");
        for (var i = 0; i < 3; i++) await lab.FollowAsync("lab-again");
        await visitor.Page.LookAsync(folder, "lab");

        await visitor.Page.GotoAsync(Shop.RunnerPage);
        await visitor.Page.GetByLabel("Strategy").SelectOptionAsync("local");
        await Assertions.Expect(visitor.Page.Locator(".caution")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.Locator("#panel-serving")).ToContainTextAsync("catalog-");
        await visitor.Page.LookAsync(folder, "runner");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task The_labs_report_has_no_accessibility_violation_and_fits(ColorScheme scheme, int width)
    {
        var visitor = await NewVisitorAsync(options => (options.ColorScheme, options.ViewportSize) = (scheme, new() { Width = width, Height = 900 }));

        await visitor.Page.GotoAsync(new Uri(Path.Combine(Repository.Root, "docs", "lab", "index.html")).AbsoluteUri);

        await visitor.Page.LookAsync($"{scheme}-{width}".ToLowerInvariant(), "lab-report");
    }
}
