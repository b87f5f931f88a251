using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

[Collection(RedisShop.Collection)]
public sealed class NoScriptJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Fact]
    public async Task Without_JavaScript_a_visitor_searches_fills_the_cart_signs_in_and_out()
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync(options => options.JavaScriptEnabled = false);

        var product = await visitor.AddProductAsync();
        await visitor.OpenAsync("cart");
        await Assertions.Expect(visitor.CartLines).ToContainTextAsync(product);
        await visitor.SignInLink.ClickAsync();
        await visitor.SubmitSignInAsync(user);
        await visitor.OpenAsync("cart");
        await visitor.ExpectSignedInAsync(user);
        await Assertions.Expect(visitor.CartLines).ToContainTextAsync(product);

        await visitor.Page.GetByTestId("sign-out").ClickAsync();
        await visitor.OpenAsync("catalog", "/products");
        await visitor.ExpectSignedOutAsync();
    }
}
