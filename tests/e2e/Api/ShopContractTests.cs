using System.Net;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Api;

[Collection(RedisShop.Collection)]
public sealed class ShopContractTests(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Fact]
    public async Task The_catalog_lists_filters_and_shows_products()
    {
        using var client = NewClient();

        var all = await client.GetJsonAsync("catalog", "/api/products?pageSize=10");
        var categories = (await client.GetJsonAsync("catalog", "/api/categories")).EnumerateArray().ToList();
        var first = all.GetProperty("items")[0];
        var one = await client.GetJsonAsync("catalog", $"/api/products/{first.GetProperty("id").GetInt32()}");

        Assert.True(all.GetProperty("total").GetInt32() >= 120);
        Assert.Equal(10, all.GetProperty("items").GetArrayLength());
        Assert.True(categories.Count >= 8);
        Assert.Equal(first.GetProperty("slug").GetString(), one.GetProperty("slug").GetString());
        Assert.Equal("EUR", one.GetProperty("currency").GetString());
        using var missing = await client.GetAsync("catalog", "/api/products/99999999");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var wrong = await client.GetAsync("catalog", "/api/products?page=zero");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_guests_cart_is_added_to_changed_and_emptied()
    {
        using var client = NewClient();
        var product = (await client.GetJsonAsync("catalog", "/api/products?inStock=true&pageSize=1")).GetProperty("items")[0];
        var id = product.GetProperty("id").GetInt32();

        await client.JsonAsync(HttpMethod.Post, "cart", "/api/cart/items", new { productId = id, quantity = 1 });
        await client.JsonAsync(HttpMethod.Post, "cart", "/api/cart/items", new { productId = id, quantity = 1 });
        var two = await client.GetJsonAsync("cart", "/api/cart");
        Assert.Equal(2, two.GetProperty("items")[0].GetProperty("quantity").GetInt32());
        Assert.Equal(2 * product.GetProperty("price").GetDecimal(), two.GetProperty("total").GetDecimal());

        await client.JsonAsync(HttpMethod.Put, "cart", $"/api/cart/items/{id}", new { quantity = 1 });
        Assert.Equal(1, (await client.GetJsonAsync("cart", "/api/cart")).GetProperty("count").GetInt32());
        await client.SendAsync(HttpMethod.Delete, "cart", "/api/cart");
        Assert.Equal(0, (await client.GetJsonAsync("cart", "/api/cart")).GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public async Task A_senseless_quantity_is_refused_and_names_the_field(int quantity)
    {
        using var client = NewClient();

        var problem = await client.JsonAsync(HttpMethod.Post, "cart", "/api/cart/items", new { productId = 1, quantity }, HttpStatusCode.BadRequest);

        Assert.StartsWith("https://shop.localhost/problems/", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), error => error.Name.Equals("quantity", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("auth")]
    [InlineData("cart")]
    [InlineData("catalog")]
    public async Task Services_private_addresses_are_not_public(string service)
    {
        using var client = NewClient();

        foreach (var path in new[] { "/internal/products?ids=1", "/internal/cart/summary", "/Internal/products?ids=1", "//internal/products?ids=1", "/.git/HEAD", "/appsettings.json", "/.env" })
        {
            using var answer = await client.GetAsync(service, path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("evil.localhost")]
    [InlineData("old.shop.localhost")]
    [InlineData("cart.shop.localhost.")]
    [InlineData("127.0.0.1")]
    public async Task A_foreign_host_gets_404_and_no_cookie(string host)
    {
        using var client = NewClient();

        using var answer = await client.SendAsync(HttpMethod.Get, "cart", "/", configure: request => request.Headers.Host = host);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_checkout_repeated_with_its_key_is_one_order()
    {
        using var client = NewClient();
        var user = await User.RegisterAsync(client);
        await client.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = user.Password });
        var id = (await client.GetJsonAsync("catalog", "/api/products?inStock=true&pageSize=1")).GetProperty("items")[0].GetProperty("id").GetInt32();
        await client.JsonAsync(HttpMethod.Post, "cart", "/api/cart/items", new { productId = id, quantity = 1 });
        var order = new { name = "Ada", line1 = "1 Harbour Road", city = "Hamburg", postalCode = "20095", country = "DE", payment = new { method = "test", token = "success" } };
        var key = Guid.NewGuid().ToString();

        var first = await client.JsonAsync(HttpMethod.Post, "cart", "/api/checkout", order, HttpStatusCode.Created, request => request.Headers.Add("Idempotency-Key", key));
        var second = await client.JsonAsync(HttpMethod.Post, "cart", "/api/checkout", order, HttpStatusCode.Created, request => request.Headers.Add("Idempotency-Key", key));

        Assert.Equal(first.GetProperty("orderId").GetGuid(), second.GetProperty("orderId").GetGuid());
        Assert.Equal(1, (await client.GetJsonAsync("cart", "/api/orders")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await client.GetJsonAsync("cart", "/api/cart")).GetProperty("count").GetInt32());
    }
}
