using System.Text;
using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Checkout;

public sealed class CheckoutRefusalTests : IAsyncLifetime
{
    private Shop _shop = null!;
    private Shopper _shopper = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _shopper = _shop.Enter();
        (await _shopper.AddAsync(1, 2)).Ok();
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Every_field_that_is_wrong_is_named_and_nothing_is_ordered()
    {
        foreach (var (field, value) in ((string, object?)[])
        [
            ("email", null), ("email", "ada"), ("email", "ada@localhost"), ("email", "a b@example.org"), ("email", "Ada <ada@example.org>"), ("email", new string('a', 250) + "@example.org"),
            ("name", null), ("name", " "), ("name", new string('n', 101)), ("name", "Ada\nLovelace"),
            ("line1", null), ("line1", new string('l', 101)), ("line2", new string('l', 101)), ("city", null),
            ("postalCode", null), ("postalCode", "1234"), ("postalCode", "ABCDE"), ("postalCode", "20359; DROP TABLE orders"),
            ("country", null), ("country", "XX"), ("country", "Germany"), ("delivery", "drone"), ("payment", null), ("acceptedTotal", -1),
        ]) (await _shopper.CheckOutAsync("key", CheckoutForm.Good().With(field, value))).ExpectProblem(400, "invalid-input", field);
        (await _shopper.CheckOutAsync("key", CheckoutForm.Good().With("payment", new { method = "gold", token = "success" }))).ExpectProblem(400, "invalid-input", "payment.method");
        (await _shopper.CheckOutAsync("key", CheckoutForm.Good("4111111111111111"))).ExpectProblem(400, "invalid-input", "payment.token");
        (await _shopper.CheckOutAsync("key", CheckoutForm.Good().With("name", 7))).ExpectProblem(400, "invalid-input", "name");
        Assert.Equal(0, await _shopper.OrdersAsync());
        Assert.Equal(2, (int)(await _shopper.CartAsync())["count"]!);
        (await _shopper.CheckOutAsync("key")).Expect(201); // none of it used up the key
    }

    [Fact]
    public async Task The_key_is_needed_once_and_short()
    {
        (await _shopper.PostAsync("/api/checkout", CheckoutForm.Good())).ExpectProblem(400, "idempotency-key-required", "Idempotency-Key");
        (await _shopper.CheckOutAsync(new string('k', 256))).ExpectProblem(400, "invalid-input", "Idempotency-Key");
        (await _shopper.CheckOutAsync("two words")).ExpectProblem(400, "invalid-input", "Idempotency-Key");
        (await _shopper.CheckOutAsync(new string('k', 255))).Expect(201);
    }

    [Fact]
    public async Task Bodies_that_are_no_checkout_are_refused_as_what_they_are()
    {
        using var text = new StringContent("name=Ada", Encoding.UTF8, "text/plain");
        (await _shopper.SendAsync(HttpMethod.Post, "/api/checkout", text, ("Idempotency-Key", "k"))).ExpectProblem(415, "unsupported-media-type");
        using var broken = new StringContent("{", Encoding.UTF8, "application/json");
        (await _shopper.SendAsync(HttpMethod.Post, "/api/checkout", broken, ("Idempotency-Key", "k"))).Expect(400);
        (await _shopper.CheckOutAsync("k", CheckoutForm.Good().With("note", new string('x', 20_000)))).ExpectProblem(413, "too-large");
    }

    [Fact]
    public async Task An_empty_cart_cannot_be_ordered()
    {
        (await _shop.Enter().CheckOutAsync("key")).ExpectProblem(409, "cart-empty");
        (await _shopper.DeleteAsync("/api/cart")).Ok();
        (await _shopper.CheckOutAsync("key")).ExpectProblem(409, "cart-empty");
    }

    [Fact]
    public async Task A_cart_or_total_other_than_the_one_seen_is_409_with_what_it_is_now()
    {
        var version = (long)(await _shopper.CartAsync())["version"]!;
        (await _shopper.AddAsync(3)).Ok();
        var reply = (await _shopper.CheckOutAsync("key", CheckoutForm.Good().With("cartVersion", version))).ExpectProblem(409, "cart-changed");
        Assert.Equal(3, (int)reply.Json["cart"]!["count"]!);
        reply = (await _shopper.CheckOutAsync("key", CheckoutForm.Good().With("acceptedTotal", 7.90m))).ExpectProblem(409, "total-changed");
        Assert.Equal("12.40", reply.Json["totals"]!["total"]!.ToJsonString());
        var totals = (await _shopper.GetAsync("/api/checkout/totals?country=DE&delivery=standard")).Ok();
        (await _shopper.CheckOutAsync("key", CheckoutForm.Good().With("acceptedTotal", (decimal)totals["total"]!).With("cartVersion", (long)totals["cartVersion"]!))).Expect(201);
    }

    [Fact]
    public async Task A_price_that_rose_has_to_be_seen_before_it_is_paid()
    {
        _shop.Catalog.Set(1, product => product with { Price = 2.00m });
        var reply = (await _shopper.CheckOutAsync("key")).ExpectProblem(409, "cart-changed");
        Assert.Equal("price-changed", (string)reply.Json["cart"]!["items"]![0]!["problems"]![0]!);
        (await _shopper.CheckOutAsync("key", CheckoutForm.Good().With("acceptedTotal", (decimal)reply.Json["totals"]!["total"]!))).Expect(201);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_ordered()
    {
        _shop.Catalog.Set(1, product => product with { Stock = 1 });
        var reply = (await _shopper.CheckOutAsync("key")).ExpectProblem(409, "insufficient-stock");
        Assert.Equal((1, 2, 1), ((int)reply.Json["shortages"]![0]!["productId"]!, (int)reply.Json["shortages"]![0]!["requested"]!, (int)reply.Json["shortages"]![0]!["available"]!));
        _shop.Catalog.Remove(1);
        (await _shopper.CheckOutAsync("key")).ExpectProblem(409, "cart-changed");
    }

    [Fact]
    public async Task Without_catalog_or_store_nothing_is_ordered_and_the_answer_is_503()
    {
        _shop.Catalog.Fail();
        var reply = (await _shopper.CheckOutAsync("key")).ExpectProblem(503, "catalog-unavailable");
        Assert.True(reply.Headers.ContainsKey("Retry-After"));
        _shop.Catalog.Fail(false);
        await _shop.Redis.KillAsync();
        Assert.True((await _shopper.CheckOutAsync("key")).Expect(503).Headers.ContainsKey("Retry-After"));
    }
}
