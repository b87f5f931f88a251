using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Api;

public sealed class CartApiTests
{
    [Fact]
    public async Task A_new_visitor_has_an_empty_cart_and_gets_no_cookie_for_looking()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        var cart = await shopper.CartAsync();
        Assert.Equal(0, (int)cart["count"]!);
        Assert.Equal(0, (long)cart["version"]!);
        Assert.Equal("EUR", (string)cart["currency"]!);
        Assert.Empty(shopper.Cookies);
    }

    [Fact]
    public async Task Adding_changing_and_removing_show_in_count_and_total()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        var cart = (await shopper.AddAsync(2, 3)).Ok();
        Assert.Equal(3, (int)cart["count"]!);
        Assert.Equal("9.00", cart["total"]!.ToJsonString());
        var line = cart["items"]![0]!;
        Assert.Equal("Product 2", (string)line["name"]!);
        Assert.Equal("3.00", line["unitPrice"]!.ToJsonString());
        Assert.Empty(line["problems"]!.AsArray());

        cart = (await shopper.AddAsync(1)).Ok();
        Assert.Equal([2, 1], cart["items"]!.AsArray().Select(item => (int)item!["productId"]!));
        cart = (await shopper.PutAsync("/api/cart/items/2", new { quantity = 1 })).Ok();
        Assert.Equal("4.50", cart["total"]!.ToJsonString());
        cart = (await shopper.PutAsync("/api/cart/items/2", new { quantity = 0 })).Ok();
        Assert.Single(cart["items"]!.AsArray());
        cart = (await shopper.DeleteAsync("/api/cart/items/1")).Ok();
        Assert.Empty(cart["items"]!.AsArray());
        (await shopper.DeleteAsync("/api/cart/items/1")).ExpectProblem(404, "line-not-found");
    }

    [Fact]
    public async Task The_version_rises_with_every_change_and_only_then()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        var first = (long)(await shopper.AddAsync(1)).Ok()["version"]!;
        var second = (long)(await shopper.AddAsync(1)).Ok()["version"]!;
        Assert.Equal(first + 1, second);
        (await shopper.PutAsync("/api/cart/items/1", new { quantity = 2 })).Ok();
        Assert.Equal(second, (long)(await shopper.CartAsync())["version"]!);
        (await shopper.DeleteAsync("/api/cart")).Ok();
        Assert.Equal(second + 1, (long)(await shopper.CartAsync())["version"]!);
    }

    [Fact]
    public async Task A_change_made_on_an_old_view_is_refused_with_the_current_cart()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        var seen = (long)(await shopper.AddAsync(1)).Ok()["version"]!;
        (await shopper.AddAsync(2)).Ok();

        var refused = await shopper.PutAsync("/api/cart/items/1", new { quantity = 5, version = seen });
        refused.ExpectProblem(409, "cart-changed");
        Assert.Equal(2, refused.Json["cart"]!["items"]!.AsArray().Count);
        (await shopper.PutAsync("/api/cart/items/1", new { quantity = 5 }, ("If-Match", $"\"{seen}\""))).ExpectProblem(409, "cart-changed");
        (await shopper.DeleteAsync("/api/cart/items/1", ("If-Match", $"\"{seen}\""))).ExpectProblem(409, "cart-changed");
        (await shopper.DeleteAsync("/api/cart", ("If-Match", $"\"{seen}\""))).ExpectProblem(409, "cart-changed");

        var current = (long)refused.Json["cart"]!["version"]!;
        Assert.Equal(5, (int)(await shopper.PutAsync("/api/cart/items/1", new { quantity = 5, version = current })).Ok()["items"]![0]!["quantity"]!);
    }

    [Fact]
    public async Task An_addition_repeated_with_its_key_counts_once()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        (await shopper.AddAsync(1)).Ok();
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            shopper.PostAsync("/api/cart/items", new { productId = 1, quantity = 2 }, ("Idempotency-Key", "again"))));
        Assert.All(replies, reply => Assert.Equal(3, (int)reply.Ok()["count"]!));
        Assert.Equal(5, (int)(await shopper.PostAsync("/api/cart/items", new { productId = 1, quantity = 2 }, ("Idempotency-Key", "another"))).Ok()["count"]!);
    }

    [Fact]
    public async Task What_changed_in_the_catalog_is_told_at_the_line()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        foreach (var product in (int[])[1, 2, 3, 4]) (await shopper.AddAsync(product, 2)).Ok();
        shop.Catalog.Set(1, product => product with { Price = 1.75m });
        shop.Catalog.Set(2, product => product with { Stock = 0, Available = false });
        shop.Catalog.Set(3, product => product with { Stock = 1 });
        shop.Catalog.Remove(4);

        var cart = await shopper.CartAsync();
        var lines = cart["items"]!.AsArray();
        Assert.Equal(["price-changed"], Problems(0));
        Assert.Equal("1.75", lines[0]!["unitPrice"]!.ToJsonString());
        Assert.Equal("1.50", lines[0]!["seenPrice"]!.ToJsonString());
        Assert.Equal(["out-of-stock"], Problems(1));
        Assert.Equal(["insufficient-stock"], Problems(2));
        Assert.Equal(["unavailable"], Problems(3));
        Assert.Equal("Product 4", (string)lines[3]!["name"]!);
        Assert.Equal("18.50", cart["total"]!.ToJsonString());

        // Setting the line again accepts the new price.
        cart = (await shopper.PutAsync("/api/cart/items/1", new { quantity = 2 })).Ok();
        Assert.Empty(cart["items"]![0]!["problems"]!.AsArray());

        IEnumerable<string> Problems(int line) => lines[line]!["problems"]!.AsArray().Select(problem => (string)problem!);
    }

    [Fact]
    public async Task While_the_catalog_is_down_the_cart_shows_what_was_last_known_and_takes_nothing_new()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        (await shopper.AddAsync(1, 2)).Ok();
        shop.Catalog.Fail();

        var cart = await shopper.CartAsync();
        Assert.False((bool)cart["verified"]!);
        Assert.Equal("Product 1", (string)cart["items"]![0]!["name"]!);
        Assert.Equal("3.00", cart["total"]!.ToJsonString());
        Assert.Equal("unverified", (string)cart["items"]![0]!["problems"]![0]!);
        (await shopper.AddAsync(2)).ExpectProblem(503, "catalog-unavailable");
        (await shopper.PutAsync("/api/cart/items/2", new { quantity = 2 })).ExpectProblem(503, "catalog-unavailable");
        Assert.Equal(5, (int)(await shopper.PutAsync("/api/cart/items/1", new { quantity = 5 })).Ok()["count"]!);

        shop.Catalog.Fail(false);
        Assert.True((bool)(await shopper.CartAsync())["verified"]!);
    }

    [Fact]
    public async Task While_the_store_is_down_the_answer_is_503_and_never_an_empty_cart()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        (await shopper.AddAsync(1)).Ok();
        await shop.Redis.KillAsync();
        foreach (var reply in (Reply[])[await shopper.GetAsync("/api/cart"), await shopper.AddAsync(1), await shopper.DeleteAsync("/api/cart")])
        {
            reply.Expect(503);
            Assert.True(reply.Headers.ContainsKey("Retry-After"));
            Assert.NotNull(reply.Problem);
        }
    }

    [Fact]
    public async Task A_line_put_aside_leaves_the_cart_and_comes_back_at_the_price_of_the_day()
    {
        await using var shop = await Shop.OpenAsync();
        var shopper = shop.Enter();
        (await shopper.AddAsync(1, 2)).Ok();
        var cart = (await shopper.PostAsync("/api/cart/saved", new { productId = 1 })).Ok();
        Assert.Empty(cart["items"]!.AsArray());
        Assert.Equal(2, (int)cart["saved"]![0]!["quantity"]!);
        shop.Catalog.Set(1, product => product with { Price = 9.99m });
        cart = (await shopper.PostAsync("/api/cart/saved/1/restore")).Ok();
        Assert.Equal("19.98", cart["total"]!.ToJsonString());
        Assert.Empty(cart["items"]![0]!["problems"]!.AsArray());
        Assert.Empty(cart["saved"]!.AsArray());
        (await shopper.DeleteAsync("/api/cart/saved/1")).ExpectProblem(404, "line-not-found");
    }
}
