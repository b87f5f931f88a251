using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Api;

/// <summary>The way from guest to account over HTTP, with one session on two replicas.</summary>
public sealed class GuestAndAccountTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Shopper _shopper = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync(2);
        _shopper = _shop.Enter();
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Two_hundred_parallel_additions_over_two_replicas_all_count()
    {
        (await _shopper.AddAsync(1)).Ok();
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _shopper.AddAsync(1 + i % 4)));
        Assert.All(replies, reply => reply.Ok());
        Assert.Equal(201, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Fact]
    public async Task Two_devices_of_one_account_that_change_the_cart_at_once_lose_no_line()
    {
        using var desk = _shopper.Twin();
        using var phone = _shop.Enter();
        await desk.SignInAsync("ada");
        await phone.SignInAsync("ada");
        var replies = await Task.WhenAll(Enumerable.Range(1, 40).Select(i => (i % 2 == 0 ? desk : phone).AddAsync(i)));
        Assert.All(replies, reply => reply.Ok());

        // Both saw the same version: one change is made, the other is told what the cart is now.
        var version = (long)(await desk.CartAsync())["version"]!;
        var changes = await Task.WhenAll(desk.PutAsync("/api/cart/items/1", new { quantity = 5, version }), phone.PutAsync("/api/cart/items/2", new { quantity = 7, version }));
        var refused = Assert.Single(changes, reply => reply.Status != 200).ExpectProblem(409, "cart-changed");
        Assert.Equal(version + 1, (long)refused.Json["cart"]!["version"]!);
        var cart = await phone.CartAsync();
        Assert.Equal(40, cart["items"]!.AsArray().Count);
        Assert.Equal((await desk.CartAsync()).ToJsonString(), cart.ToJsonString());
    }

    [Fact]
    public async Task First_additions_of_a_session_at_the_same_moment_meet_in_one_cart()
    {
        // A session that has no cart yet: signed in and out again.
        await _shopper.SignInAsync("ada");
        (await _shopper.PostAsync("/test/remember/anything")).Expect(200);
        (await _shopper.PostAsync("/test/sign-out")).Expect(200);
        (await _shopper.PostAsync("/test/remember/anything")).Expect(200);
        await Task.WhenAll(Enumerable.Range(1, 10).Select(product => _shopper.AddAsync(product)));
        Assert.Equal(10, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Fact]
    public async Task A_guest_s_cart_survives_signing_in_and_is_merged_once_by_parallel_requests()
    {
        var phone = _shop.Enter();
        await phone.SignInAsync("ada");
        (await phone.AddAsync(1, 2)).Ok();

        (await _shopper.AddAsync(1, 3)).Ok();
        (await _shopper.AddAsync(2)).Ok();
        await _shopper.SignInAsync("ada");
        var carts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _shopper.GetAsync("/api/cart")));
        Assert.All(carts, cart => Assert.Equal(6, (int)cart.Ok()["count"]!));
        Assert.Equal(6, (int)(await phone.CartAsync())["count"]!);

        var merge = carts[0].Json["merges"]![0]!;
        Assert.Equal(4, (int)merge["count"]!);
        var page = await _shopper.PageAsync("/");
        Assert.Contains("4 items from before you signed in were added", page.TestId("cart-merge").Words(), StringComparison.Ordinal);
        (await _shopper.PressAsync(page.TestId("merge-undo"))).Expect(303);
        Assert.Equal(2, (int)(await phone.CartAsync())["count"]!);
        (await _shopper.PostAsync($"/api/cart/merges/{(string)merge["id"]!}/undo")).ExpectProblem(404, "merge-not-found");
    }

    [Fact]
    public async Task After_signing_out_the_cart_is_the_account_s_and_not_this_browser_s()
    {
        (await _shopper.AddAsync(1, 3)).Ok();
        await _shopper.SignInAsync("ada");
        Assert.Equal(3, (int)(await _shopper.CartAsync())["count"]!);
        (await _shopper.PostAsync("/test/sign-out")).Expect(200);
        Assert.Equal(0, (int)(await _shopper.CartAsync())["count"]!);
        (await _shopper.AddAsync(2)).Ok();
        await _shopper.SignInAsync("ada");
        Assert.Equal(4, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Fact]
    public async Task The_number_for_the_header_is_told_to_siblings_with_the_visitor_s_cookie()
    {
        (await _shopper.AddAsync(1, 3)).Ok();
        Assert.Equal(3, (int)(await _shopper.GetAsync("/internal/cart/summary")).Ok()["count"]!);
        Assert.Equal(0, (int)(await _shop.Enter().GetAsync("/internal/cart/summary")).Ok()["count"]!);
    }
}
