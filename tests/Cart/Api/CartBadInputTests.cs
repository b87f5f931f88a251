using System.Text;
using ShopSession.Cart.Tests.Hosting;

namespace ShopSession.Cart.Tests.Api;

public sealed class CartBadInputTests(SharedShop shared) : IClassFixture<SharedShop>
{
    private readonly Shopper _shopper = shared.Shop.Enter();

    [Theory]
    [InlineData("""{"productId":1}""", "quantity")]
    [InlineData("""{"quantity":1}""", "productId")]
    [InlineData("""{"productId":1,"quantity":0}""", "quantity")]
    [InlineData("""{"productId":1,"quantity":-1}""", "quantity")]
    [InlineData("""{"productId":1,"quantity":100}""", "quantity")]
    [InlineData("""{"productId":1,"quantity":2147483648}""", "quantity")]
    [InlineData("""{"productId":1,"quantity":1.5}""", "quantity")]
    [InlineData("""{"productId":1,"quantity":"3"}""", "quantity")]
    [InlineData("""{"productId":1,"quantity":null}""", "quantity")]
    [InlineData("""{"productId":-7,"quantity":1}""", "productId")]
    [InlineData("""{"productId":0,"quantity":1}""", "productId")]
    [InlineData("""{"productId":"1 or 1=1","quantity":1}""", "productId")]
    [InlineData("""{"productId":[1],"quantity":1}""", "productId")]
    [InlineData("""[]""", "body")]
    public async Task Adding_nonsense_is_400_and_names_the_field(string body, string field)
    {
        (await SendAsync(HttpMethod.Post, "/api/cart/items", body)).ExpectProblem(400, "invalid-input", field);
        Assert.Equal(0, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"productId":1,"quantity":1,"quantity":99}""")]
    public async Task A_body_that_is_no_request_is_400(string body)
    {
        (await SendAsync(HttpMethod.Post, "/api/cart/items", body)).Expect(400);
        Assert.Equal(0, (int)(await _shopper.CartAsync())["count"]!);
    }

    [Fact]
    public async Task A_product_that_is_not_sold_is_refused()
    {
        (await _shopper.AddAsync(999_999)).ExpectProblem(404, "product-not-found", "productId");
        (await _shopper.PutAsync("/api/cart/items/999999", new { quantity = 1 })).ExpectProblem(404, "product-not-found");
        shared.Shop.Catalog.Set(5, product => product with { Available = false });
        (await _shopper.AddAsync(5)).ExpectProblem(409, "product-unavailable", "productId");
        // Retired while sold out: it does not come back, unlike what is merely sold out.
        shared.Shop.Catalog.Set(6, product => product with { Stock = 0, Available = false, Retired = true });
        (await _shopper.AddAsync(6)).ExpectProblem(409, "product-unavailable", "productId");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("1%27--")]
    public async Task A_product_in_the_address_that_cannot_be_one_is_404(string id)
    {
        (await _shopper.PutAsync($"/api/cart/items/{id}", new { quantity = 1 })).ExpectProblem(404, "line-not-found");
        (await _shopper.DeleteAsync($"/api/cart/items/{id}")).ExpectProblem(404, "line-not-found");
        (await _shopper.DeleteAsync($"/api/cart/saved/{id}")).ExpectProblem(404, "line-not-found");
        (await _shopper.PostAsync($"/api/cart/saved/{id}/restore")).ExpectProblem(404, "line-not-found");
    }

    [Theory]
    [InlineData("""{"quantity":-1}""", "quantity")]
    [InlineData("""{"quantity":100}""", "quantity")]
    [InlineData("""{}""", "quantity")]
    [InlineData("""{"quantity":1,"version":"1"}""", "version")]
    public async Task Setting_nonsense_is_400_and_names_the_field(string body, string field) =>
        (await SendAsync(HttpMethod.Put, "/api/cart/items/1", body)).ExpectProblem(400, "invalid-input", field);

    [Fact]
    public async Task Wrong_kinds_of_requests_are_refused_as_what_they_are()
    {
        using var text = new StringContent("productId=1&quantity=1", Encoding.UTF8, "text/plain");
        (await _shopper.SendAsync(HttpMethod.Post, "/api/cart/items", text)).ExpectProblem(415, "unsupported-media-type");
        using var large = new StringContent($$"""{"productId":1,"quantity":1,"note":"{{new string('x', 20_000)}}"}""", Encoding.UTF8, "application/json");
        (await _shopper.SendAsync(HttpMethod.Post, "/api/cart/items", large)).ExpectProblem(413, "too-large");
        (await _shopper.PostAsync("/api/cart/items", new { productId = 1, quantity = 1 }, ("Idempotency-Key", new string('k', 256)))).ExpectProblem(400, "invalid-input", "Idempotency-Key");
        (await _shopper.DeleteAsync("/api/cart", ("If-Match", "17"))).ExpectProblem(400, "invalid-input", "If-Match");
        (await _shopper.PostAsync("/api/cart", new { })).ExpectProblem(405, "method-not-allowed");
        (await _shopper.PostAsync("/api/cart/merges/nothing/undo")).ExpectProblem(404, "merge-not-found");
        (await _shopper.PostAsync("/api/cart/saved", new { productId = 3 })).ExpectProblem(404, "line-not-found");
    }

    [Fact]
    public async Task A_stranger_s_page_cannot_change_the_cart()
    {
        (await _shopper.PostAsync("/api/cart/items", new { productId = 1, quantity = 1 }, ("Origin", "http://evil.example"))).ExpectProblem(403, "foreign-origin");
        (await _shopper.PostAsync("/api/cart/items", new { productId = 1, quantity = 1 }, ("Sec-Fetch-Site", "same-site"))).ExpectProblem(403, "foreign-origin");
        Assert.Equal(0, (int)(await _shopper.CartAsync())["count"]!);
    }

    private async Task<Reply> SendAsync(HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _shopper.SendAsync(method, path, content);
    }
}
