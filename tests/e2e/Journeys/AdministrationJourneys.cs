using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

/// <summary>An administrator watches the sessions and adds a thing in sizes, and a visitor without scripts buys one of them.</summary>
[Collection(RedisShop.Collection)]
public sealed class AdministrationJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task The_view_of_the_sessions_looks_again_by_itself(ColorScheme scheme, int width)
    {
        var admin = await NewVisitorAsync(options => (options.ColorScheme, options.ViewportSize) = (scheme, new() { Width = width, Height = 800 }));
        await admin.SignInAsync(User.Administrator);
        await admin.OpenAsync("auth", "/admin/sessions");
        var replicas = admin.Page.GetByTestId("live-replica");
        await Assertions.Expect(replicas.Filter(new() { HasText = "catalog-1" })).ToHaveCountAsync(1, new() { Timeout = 30_000 });
        await Assertions.Expect(admin.Page.GetByTestId("strategy")).ToHaveTextAsync("redis");
        await admin.Page.LookAsync("administration", $"sessions-{width}");
        // A row that the server made anew has lost what was written into it here.
        await replicas.First.EvaluateAsync("row => row.dataset.old = 'true'");
        await Assertions.Expect(admin.Page.Locator("[data-old]")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await admin.Page.LookAsync("administration", $"sessions-later-{width}");
    }

    [Fact]
    public async Task A_thing_in_sizes_is_added_bought_without_JavaScript_and_retired()
    {
        var name = $"Gansey {Guid.NewGuid():N}"[..20];
        var admin = await NewVisitorAsync(options => options.ViewportSize = new() { Width = 360, Height = 800 });
        await admin.SignInAsync(User.Administrator);
        await admin.OpenAsync("catalog", "/admin/products/new");
        await admin.Page.LookAsync("administration", "new-product-360");
        await admin.Page.GetByTestId("add-product").ClickAsync();
        await Assertions.Expect(admin.Page.Locator("main .field__error").First).ToBeVisibleAsync();
        await admin.Page.LookAsync("administration", "new-product-refused-360");
        foreach (var (field, value) in new[] { ("Name", name), ("Price", "89.90"), ("Stock", "9"), ("Sizes", "M, S, L"), ("Summary", "Knitted tight."), ("Description", "Five-ply wool.") })
            await admin.Page.Locator($"#Input_{field}").FillAsync(value);
        await admin.Page.Locator("#Input_Category").SelectOptionAsync("weather");
        await admin.Page.Locator("#Input_Kind").SelectOptionAsync("sweater");
        await admin.Page.GetByTestId("add-product").ClickAsync();
        await Assertions.Expect(admin.Page.GetByTestId("size-row")).ToHaveCountAsync(3);
        await admin.Page.LookAsync("administration", "product-in-sizes-360");
        var page = new Uri(await admin.Page.GetByRole(AriaRole.Link, new() { Name = "See it in the shop" }).GetAttributeAsync("href") ?? "").AbsolutePath;
        foreach (var (scheme, width) in ((ColorScheme, int)[])[(ColorScheme.Light, 1280), (ColorScheme.Dark, 360)])
        {
            var looker = await NewVisitorAsync(options => (options.ColorScheme, options.ViewportSize) = (scheme, new() { Width = width, Height = 800 }));
            await looker.OpenAsync("catalog", page);
            await looker.Page.LookAsync("administration", $"sizes-{width}");
        }

        var visitor = await NewVisitorAsync(options => options.JavaScriptEnabled = false);
        await visitor.OpenAsync("catalog", page);
        await visitor.Page.GetByTestId("size").Filter(new() { HasText = "L" }).ClickAsync();
        await visitor.Page.Locator("main").GetByTestId("add-to-cart").First.ClickAsync();
        await visitor.ExpectCartCountAsync(1);
        await visitor.OpenAsync("cart");
        await Assertions.Expect(visitor.CartLines).ToContainTextAsync($"{name}, L");
        await visitor.OrderAsync(new User($"{Guid.NewGuid():N}@example.com", "", "A guest"));
        await Assertions.Expect(visitor.Page.Locator("main")).ToContainTextAsync($"{name}, L");

        await admin.Page.GetByTestId("retire-product").ClickAsync();
        await Assertions.Expect(admin.Page.GetByTestId("retired")).ToBeVisibleAsync();
        var gone = await admin.Page.GotoAsync(admin.Address("catalog", page));
        Assert.Equal(410, gone!.Status);
        await admin.Page.LookAsync("administration", "no-longer-sold-360");
        // The order keeps it.
        await visitor.Page.ReloadAsync();
        await Assertions.Expect(visitor.Page.Locator("main")).ToContainTextAsync($"{name}, L");
    }
}
