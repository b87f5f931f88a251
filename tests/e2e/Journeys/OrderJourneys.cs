using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

[Collection(RedisShop.Collection)]
public sealed class OrderJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_visitor_orders_and_finds_the_order_again_with_and_without_JavaScript(bool script)
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync(options => options.JavaScriptEnabled = script);
        await visitor.SignInAsync(user);
        var product = await visitor.AddProductAsync();

        var number = await visitor.OrderAsync(user);

        await visitor.OpenAsync("cart", "/orders");
        await Assertions.Expect(visitor.Page.GetByTestId("order-row")).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.Page.GetByTestId("order-row")).ToContainTextAsync(number);
        await visitor.OpenAsync("cart");
        await Assertions.Expect(visitor.CartLines).ToHaveCountAsync(0);
        Assert.NotEmpty(product);
    }

    [Fact]
    public async Task An_order_is_placed_while_the_replicas_that_take_it_die()
    {
        var (visitor, user) = await SignedInVisitorAsync();
        await visitor.AddProductAsync();
        await visitor.OpenAsync("cart", "/checkout");

        await Shop.KillAsync(Shop.ReplicasOf("cart")[0]);
        await Shop.KillAsync(Shop.ReplicasOf("catalog")[0]);
        var number = await visitor.OrderAsync(user);

        Assert.NotEmpty(number);
        await visitor.OpenAsync("cart", "/orders");
        await Assertions.Expect(visitor.Page.GetByTestId("order-row")).ToHaveCountAsync(1);
    }
}
