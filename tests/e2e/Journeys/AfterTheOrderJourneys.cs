using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

/// <summary>What happens after an order: a guest finds and cancels it in another browser, an administrator sends it on its way.</summary>
[Collection(RedisShop.Collection)]
public sealed class AfterTheOrderJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_finds_the_order_in_another_browser_with_and_without_JavaScript_and_cancels_it(bool script)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        var number = await OrderAsync(email);
        var other = await NewVisitorAsync(options => (options.JavaScriptEnabled, options.ViewportSize) = (script, new() { Width = 360, Height = 800 }));
        await other.OpenAsync("cart", "/orders");
        await other.Page.GetByRole(AriaRole.Link, new() { Name = "Find an order by its number" }).ClickAsync();
        if (script) await LookAsync(other, "find-order");
        await other.Page.Locator("#Input_Number").FillAsync(number.ToLowerInvariant());
        await other.Page.Locator("#Input_Email").FillAsync(email);
        await other.Page.GetByTestId("find-order").ClickAsync();

        await Assertions.Expect(other.Page.GetByTestId("order-number")).ToHaveTextAsync(number);
        await other.Page.GetByTestId("cancel-order").ClickAsync();
        if (script) await LookAsync(other, "order-to-cancel");
        await other.Page.GetByTestId("confirm-cancel").ClickAsync();
        await Assertions.Expect(other.Page.GetByTestId("order-status")).ToHaveAttributeAsync("data-status", "refunded");
        if (script) await LookAsync(other, "order-cancelled");
    }

    [Fact]
    public async Task An_administrator_sends_an_order_on_its_way_and_the_customer_sees_it()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        var number = await OrderAsync(email);
        foreach (var (scheme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1280), (ColorScheme.Dark, 360)])
        {
            var admin = await NewVisitorAsync(options => (options.ColorScheme, options.ViewportSize) = (scheme, new() { Width = width, Height = 800 }));
            await admin.SignInAsync(User.Administrator);
            await admin.OpenAsync("cart", $"/admin/orders?search={email}");
            await LookAsync(admin, $"admin-orders-{width}");
            await admin.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
            await admin.Page.Locator("#advance-note").FillAsync("Shelf 7");
            await admin.Page.GetByTestId("advance-order").ClickAsync();
            await Assertions.Expect(admin.Page.GetByTestId("flash")).ToBeVisibleAsync();
            await LookAsync(admin, $"admin-order-{width}");

            await admin.OpenAsync("catalog", "/admin/products?search=lantern");
            await LookAsync(admin, $"admin-products-{width}");
            await admin.Page.GetByTestId("admin-product-row").First.GetByRole(AriaRole.Link).ClickAsync();
            await admin.Page.Locator("#Stock_Pieces").FillAsync("1");
            await admin.Page.Locator("#Stock_Reason").FillAsync("One more came");
            await admin.Page.GetByTestId("adjust-stock").ClickAsync();
            await Assertions.Expect(admin.Page.GetByTestId("product-log")).ToContainTextAsync("One more came");
            await LookAsync(admin, $"admin-product-{width}");
        }

        var customer = await NewVisitorAsync();
        await customer.OpenAsync("cart", "/orders/find");
        await customer.Page.Locator("#Input_Number").FillAsync(number);
        await customer.Page.Locator("#Input_Email").FillAsync(email);
        await customer.Page.GetByTestId("find-order").ClickAsync();
        await Assertions.Expect(customer.Page.GetByTestId("order-status")).ToHaveAttributeAsync("data-status", "shipped");
        await Assertions.Expect(customer.Page.GetByTestId("cancel-order")).ToHaveCountAsync(0);
        // Not an administrator: there is nothing to see.
        var answer = await customer.Page.GotoAsync(customer.Address("cart", "/admin/orders"));
        Assert.Contains("/login", answer!.Url, StringComparison.Ordinal);
    }

    private async Task<string> OrderAsync(string email)
    {
        var guest = await NewVisitorAsync();
        await guest.AddProductAsync();
        await guest.Page.GetByTestId("mini-cart").Locator("summary").ClickAsync();
        await Assertions.Expect(guest.Page.GetByTestId("mini-cart").Locator("li")).ToHaveCountAsync(1);
        await LookAsync(guest, "mini-cart");
        await guest.Page.SetViewportSizeAsync(360, 800);
        await LookAsync(guest, "mini-cart-360");
        await guest.Page.SetViewportSizeAsync(1280, 900);
        return await guest.OrderAsync(new User(email, "", "A guest"));
    }

    private static Task LookAsync(Visitor visitor, string name) => visitor.Page.LookAsync("after-the-order", name);
}
