using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

/// <summary>What the shop promises to a visitor, whatever store it runs on.</summary>
public abstract class CoreJourneys(RunningShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Fact]
    public async Task Signing_in_once_signs_in_on_every_sibling()
    {
        var (visitor, user) = await SignedInVisitorAsync();

        foreach (var service in new[] { "auth", "cart", "catalog", "" })
        {
            await visitor.OpenAsync(service, service == "auth" ? "/account" : "/");
            await visitor.ExpectSignedInAsync(user);
        }
    }

    [Fact]
    public async Task Every_replica_of_every_service_serves_a_page_to_one_login()
    {
        var (visitor, user) = await SignedInVisitorAsync();
        var seen = new HashSet<string>();

        foreach (var (service, path) in new[] { ("auth", "/account"), ("cart", "/"), ("catalog", "/products") })
        {
            var expected = Shop.ReplicasOf(service);
            Assert.Equal(2, expected.Count);
            for (var i = 0; i < 2 * expected.Count; i++)
            {
                var replica = await visitor.ReplicaOfAsync(service, path);
                await visitor.ExpectSignedInAsync(user);
                await Assertions.Expect(visitor.Page.GetByTestId("replica")).ToContainTextAsync(replica);
                seen.Add(replica);
            }
            Assert.Superset(expected.ToHashSet(), seen);
        }
    }

    [Fact]
    public async Task Adding_a_product_on_the_catalog_shows_on_all_siblings()
    {
        var (visitor, _) = await SignedInVisitorAsync();

        var product = await visitor.AddProductAsync();

        foreach (var (service, path) in new[] { ("catalog", "/products"), ("auth", "/account"), ("", "/"), ("cart", "/") })
        {
            await visitor.OpenAsync(service, path);
            await visitor.ExpectCartCountAsync(1);
        }
        await Assertions.Expect(visitor.CartLines).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.CartLines).ToContainTextAsync(product);
    }

    [Fact]
    public async Task A_guests_cart_is_kept_through_signing_in()
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync();
        var product = await visitor.AddProductAsync();
        await visitor.OpenAsync("cart");
        await visitor.ExpectSignedOutAsync();
        await Assertions.Expect(visitor.CartLines).ToContainTextAsync(product);

        await visitor.SignInAsync(user);
        await visitor.OpenAsync("cart");

        await visitor.ExpectSignedInAsync(user);
        await Assertions.Expect(visitor.CartLines).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.CartLines).ToContainTextAsync(product);
    }

    [Fact]
    public async Task Signing_out_once_signs_out_everywhere_on_every_replica()
    {
        var (visitor, _) = await SignedInVisitorAsync();
        using var thief = NewClient();
        var stolen = await visitor.SessionCookieAsync();
        thief.Cookies.Put(stolen.Name, stolen.Value, Shop.Domain);

        await visitor.OpenAsync("catalog", "/products");
        await visitor.Page.GetByTestId("sign-out").ClickAsync();
        await visitor.ExpectSignedOutAsync();

        foreach (var service in new[] { "auth", "cart", "catalog" })
        {
            var seen = new HashSet<string>();
            var expected = Shop.ReplicasOf(service).ToHashSet();
            for (var i = 0; i < 2 * expected.Count; i++)
            {
                // A copy of the cookie made before is worth nothing on any replica.
                var session = await thief.GetJsonAsync(service, "/api/session");
                Assert.False(session.GetProperty("authenticated").GetBoolean());
                seen.Add(session.GetProperty("replica").GetString()!);
            }
            Assert.Equal(expected, seen);
            await visitor.OpenAsync(service, service == "auth" ? "/login" : "/");
            await visitor.ExpectSignedOutAsync();
        }
    }

    [Fact]
    public async Task Killing_each_replica_in_turn_loses_neither_login_nor_cart()
    {
        var (visitor, user) = await SignedInVisitorAsync();
        var product = await visitor.AddProductAsync();

        foreach (var service in new[] { "auth", "cart", "catalog" })
        {
            foreach (var replica in Shop.ReplicasOf(service))
            {
                await Shop.KillAsync(replica);
                await ExpectLoginAndCartAsync(visitor, user, product);
                await Shop.UntilAllHealthyAsync();
            }
        }
        await ExpectLoginAndCartAsync(visitor, user, product);
    }

    private protected static async Task ExpectLoginAndCartAsync(Visitor visitor, User user, string product)
    {
        await visitor.OpenAsync("auth", "/account");
        await visitor.ExpectSignedInAsync(user);
        await visitor.OpenAsync("catalog", "/products");
        await visitor.ExpectSignedInAsync(user);
        await visitor.OpenAsync("cart");
        await visitor.ExpectSignedInAsync(user);
        await Assertions.Expect(visitor.CartLines).ToHaveCountAsync(1);
        await Assertions.Expect(visitor.CartLines).ToContainTextAsync(product);
    }
}
