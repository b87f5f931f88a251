using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

/// <summary>Stopping everything and starting it again on the same data.</summary>
public abstract class RestartJourneys(RunningShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Fact]
    public async Task A_restart_of_the_whole_system_keeps_login_and_cart()
    {
        var (visitor, user) = await SignedInVisitorAsync();
        var product = await visitor.AddProductAsync();
        await visitor.OpenAsync("cart");

        await Shop.RestartAsync();

        await visitor.OpenAsync("cart");
        await visitor.ExpectSignedInAsync(user);
        await Microsoft.Playwright.Assertions.Expect(visitor.CartLines).ToContainTextAsync(product);
        await visitor.OpenAsync("auth", "/account");
        await visitor.ExpectSignedInAsync(user);
    }
}

[Collection(RedisShop.Collection)]
public sealed class RestartOnRedis(RedisShop running, BrowserFixture browser) : RestartJourneys(running, browser);

[Collection(EmbeddedShop.Collection)]
public sealed class RestartOnTheEmbeddedStore(EmbeddedShop running, BrowserFixture browser) : RestartJourneys(running, browser);
