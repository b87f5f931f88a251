using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

[Collection(RedisShop.Collection)]
public sealed class LanguageJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_language_chosen_at_one_sibling_is_spoken_by_all(bool scripts)
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync(options => (options.JavaScriptEnabled, options.Locale) = (scripts, "en-GB"));
        await visitor.OpenAsync("catalog", "/products?category=light");
        await ExpectAsync(visitor, "en", "Sign in");

        await visitor.Page.GetByTestId("languages").GetByText("简体中文").ClickAsync();
        await ExpectAsync(visitor, "zh-Hans", "登录");
        // The page is the same as before, only its words are others.
        Assert.Equal(visitor.Address("catalog", "/products?category=light"), visitor.Page.Url);

        await visitor.OpenAsync("cart");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("购物车是空的");
        await visitor.SignInLink.ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("登录");
        await visitor.SubmitSignInAsync(user);
        await visitor.OpenAsync("auth", "/account");
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("我的账户");

        await visitor.Page.GetByTestId("languages").GetByText("English").ClickAsync();
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Your account");
        await visitor.OpenAsync("", "/");
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task A_Chinese_browser_is_spoken_to_in_Chinese_by_pages_and_scripts()
    {
        var visitor = await NewVisitorAsync(options => options.Locale = "zh-CN");
        await visitor.OpenAsync("catalog", "/products?inStock=true");
        await ExpectAsync(visitor, "zh-Hans", "登录");
        await visitor.Page.GetByTestId("add-to-cart").First.ClickAsync();
        await Assertions.Expect(visitor.Page.Locator(".toast")).ToContainTextAsync("加入购物车");
    }

    private static async Task ExpectAsync(Visitor visitor, string language, string signIn)
    {
        await Assertions.Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Assertions.Expect(visitor.SignInLink).ToContainTextAsync(signIn);
    }
}
