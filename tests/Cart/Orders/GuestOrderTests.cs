using ShopSession.Cart.Tests.Checkout;
using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Orders;

/// <summary>An order placed without an account is found again by who has its confirmation, and by nobody else.</summary>
public sealed class GuestOrderTests : IAsyncLifetime
{
    private Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(2, null, ("Cart:Limits:OrderLookupsPerAddress", "12"), ("Cart:Limits:Window", "1.00:00:00"));

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Number_and_address_together_show_the_order_in_another_browser()
    {
        var (location, number) = await OrderAsync(_shop.Enter(), "Ada@Example.org");
        var other = _shop.Enter();
        (await other.GetAsync(location)).ExpectProblem(404, "order-not-found");
        // As people type it: small letters, no hyphen, another spelling of the address.
        var found = (await FindAsync(other, number.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(), " ada@example.ORG ")).Ok();
        Assert.Equal(number, (string)found["number"]!);
        (await other.GetAsync(location)).Ok();
        Assert.Equal(1, await other.OrdersAsync());
        Assert.Equal("refunded", (string)(await other.PostAsync($"{location}/cancel")).Ok()["status"]!);
    }

    [Fact]
    public async Task Whoever_guesses_learns_nothing_and_is_stopped()
    {
        var (_, number) = await OrderAsync(_shop.Enter(), "ada@example.org");
        var account = _shop.Enter();
        await account.SignInAsync("bob");
        var (_, ofAccount) = await OrderAsync(account, "bob@shop.localhost");

        var guesser = _shop.Enter();
        Reply[] replies = [await FindAsync(guesser, number, "eve@example.org"), await FindAsync(guesser, "S00000-00000", "ada@example.org"), await FindAsync(guesser, ofAccount, "bob@shop.localhost")];
        Assert.All(replies, reply => reply.ExpectProblem(404, "order-not-found"));
        Assert.Single(replies.Select(reply => (string)reply.Json["detail"]!).Distinct());
        Assert.Empty(guesser.Cookies);

        var more = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => FindAsync(_shop.Enter(), $"S00000-000{i:00}", "ada@example.org")));
        Assert.Equal(11, more.Count(reply => reply.Status == 429));
        // The right one is not told either, now.
        (await FindAsync(_shop.Enter(), number, "ada@example.org")).ExpectProblem(429, "too-many-requests");
    }

    [Theory]
    [InlineData("", "ada@example.org", "number")]
    [InlineData("S1", "", "email")]
    [InlineData(null, null, "number")]
    public async Task What_is_missing_is_named(string? number, string? email, string field) =>
        (await FindAsync(_shop.Enter(), number, email)).ExpectProblem(400, "invalid-input", field);

    [Fact]
    public async Task The_page_finds_it_without_scripts_and_says_what_is_wrong()
    {
        var (location, number) = await OrderAsync(_shop.Enter(), "ada@example.org");
        var visitor = _shop.Enter();
        var page = await visitor.PageAsync("/orders/find");
        var wrong = (await visitor.PressAsync(page.TestId("find-order"), ("Input.Number", number), ("Input.Email", "<b>@example.org"))).Expect(404).Page();
        Assert.Equal(number, wrong.QuerySelector("#Input_Number")!.GetAttribute("value"));
        Assert.Empty(wrong.QuerySelectorAll("main b"));
        var found = (await visitor.PressAsync(wrong.TestId("find-order"), ("Input.Email", "ada@example.org"))).Expect(303);
        Assert.Equal(location.Replace("/api", "", StringComparison.Ordinal), found.Headers["Location"]);
        Assert.Equal(number, (await visitor.PageAsync(found.Headers["Location"])).TestId("order-number").Words());
    }

    [Fact]
    public async Task Guest_orders_come_into_the_account_that_confirmed_their_address_and_only_once()
    {
        await OrderAsync(_shop.Enter(), "ADA@shop.localhost");
        await OrderAsync(_shop.Enter(), "ada@shop.localhost");
        await OrderAsync(_shop.Enter(), "bob@shop.localhost");

        var unconfirmed = _shop.Enter();
        await unconfirmed.SignInAsync("ada");
        Assert.Equal(0, await unconfirmed.OrdersAsync());

        var devices = Enumerable.Range(0, 6).Select(_ => _shop.Enter()).ToArray();
        foreach (var device in devices) await device.SignInAsync("ada", "email_verified=true");
        Assert.All(await Task.WhenAll(devices.Select(device => device.OrdersAsync())), count => Assert.Equal(2, count));
        // They are the account's now, on the device without the claim too, and no longer to be found as a guest's.
        Assert.Equal(2, await unconfirmed.OrdersAsync());
    }

    [Fact]
    public async Task The_orders_page_says_that_orders_came_in()
    {
        await OrderAsync(_shop.Enter(), "ada@shop.localhost");
        var visitor = _shop.Enter();
        await visitor.SignInAsync("ada", "email_verified=true");
        var page = await visitor.PageAsync("/orders");
        Assert.Contains("placed as a guest", page.TestId("flash").Words(), StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("[data-testid='order-row']"));
        Assert.Null((await visitor.PageAsync("/orders")).TestId("flash"));
    }

    private static async Task<(string Location, string Number)> OrderAsync(Shopper shopper, string email)
    {
        (await shopper.AddAsync(1)).Ok();
        var reply = (await shopper.CheckOutAsync("key", CheckoutForm.Good().With("email", email))).Expect(201);
        return (reply.Headers["Location"], (string)reply.Json["number"]!);
    }

    private static Task<Reply> FindAsync(Shopper shopper, string? number, string? email) => shopper.PostAsync("/api/orders/find", new { number, email });
}
