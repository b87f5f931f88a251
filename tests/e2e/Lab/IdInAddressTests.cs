using System.Web;
using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Lab;

/// <summary>The id in every address: that it works, and how it leaks.</summary>
[Collection(LabShop.Collection)]
public sealed class IdInAddressTests(LabShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Fact]
    public async Task It_needs_no_cookie_and_tells_another_site_and_whoever_gets_a_link_who_one_is()
    {
        await using var other = await OtherSite.StartAsync();
        await Shop.ChangeServicesAsync(new() { ["Session__Transport"] = "url", ["Session__Lab"] = "true", ["RUNNER_URL"] = other.Url });
        try
        {
            await ShowLeaksAsync(other);
        }
        finally
        {
            await Shop.ChangeServicesAsync(new() { ["Session__Transport"] = null, ["Session__Lab"] = null, ["RUNNER_URL"] = null });
        }
    }

    private async Task ShowLeaksAsync(OtherSite other)
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync();
        var page = visitor.Page;

        // It works: a guest's cart and a login go from page to page and from host to host, and no cookie names the session.
        var product = await visitor.AddProductAsync();
        await visitor.SignInLink.ClickAsync();
        await visitor.SubmitSignInAsync(user);
        await visitor.ExpectSignedInAsync(user);
        await page.Locator(".site-nav a.nav-item", new() { HasText = "Cart" }).ClickAsync();
        await Assertions.Expect(visitor.CartLines).ToContainTextAsync(product);
        await visitor.ExpectSignedInAsync(user);
        await Assertions.Expect(page.GetByTestId("url-banner")).ToBeVisibleAsync();
        Assert.DoesNotContain(await visitor.Context.CookiesAsync(), cookie => cookie.Name == "__Secure-shop.sid");

        // The leak: a link to another site tells it the address of this page, with the id.
        await page.GetByRole(AriaRole.Link, new() { Name = "Session lab" }).ClickAsync();
        await visitor.ExpectSignedInAsync(user);
        var id = HttpUtility.ParseQueryString(new Uri(page.Url).Query)["sid"];
        var away = await visitor.Context.RunAndWaitForPageAsync(() => page.GetByTestId("lab-kill").ClickAsync());
        await away.WaitForLoadStateAsync();
        var referer = Assert.Single(other.Referers);
        Assert.Equal(id, HttpUtility.ParseQueryString(new Uri(referer).Query)["sid"]);

        // What it was told makes its owner, or anybody to whom the address is shown, the visitor.
        var stranger = await NewVisitorAsync();
        await stranger.Page.GotoAsync(referer);
        await stranger.ExpectSignedInAsync(user);
        await stranger.Page.Locator(".site-nav a.nav-item", new() { HasText = "Cart" }).ClickAsync();
        await Assertions.Expect(stranger.CartLines).ToContainTextAsync(product);

        // The scripts of an open page carry no id, and do not take that for the end of the session.
        await Assertions.Expect(page.GetByTestId("session-ended")).ToHaveCountAsync(0);
    }
}
