using System.Net;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Routing;

public sealed class HostTests
{
    [Theory]
    [InlineData("shop.localhost", "catalog")]
    [InlineData("shop.localhost:8080", "catalog")]
    [InlineData("catalog.shop.localhost", "catalog")]
    [InlineData("cart.shop.localhost", "cart")]
    [InlineData("CART.Shop.LOCALHOST", "cart")]
    [InlineData("auth.shop.localhost:1234", "auth")]
    public async Task Each_host_of_the_shop_leads_to_its_service(string host, string service)
    {
        await using var shop = await Shop.StartAsync();

        Assert.Equal(service, await shop.Gateway.GetStringAsync("/", host));
    }

    [Theory]
    [InlineData("evil.localhost")]
    [InlineData("evil.shop.localhost")]
    [InlineData("www.cart.shop.localhost")]
    [InlineData("cart.shop.localhost.")]
    [InlineData("shop.localhost.")]
    [InlineData("shop.localhost.evil.test")]
    [InlineData("notshop.localhost")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task An_unknown_host_gets_404_and_no_cookie(string host)
    {
        await using var shop = await Shop.StartAsync();

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, "/", host);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Empty(shop.Seen);
    }

    [Fact]
    public async Task A_request_without_host_reaches_nobody()
    {
        await using var shop = await Shop.StartAsync();

        Assert.Equal(404, RawHttp.Status(await shop.Gateway.SendRawAsync("GET / HTTP/1.0\r\n\r\n")));
        Assert.Equal(400, RawHttp.Status(await shop.Gateway.SendRawAsync("GET / HTTP/1.1\r\n\r\n")));
        Assert.Empty(shop.Seen);
    }

    [Fact]
    public async Task The_host_arrives_at_the_service_as_it_was_asked_for_in_lower_case()
    {
        await using var shop = await Shop.StartAsync();

        await shop.Gateway.GetStringAsync("/", "Cart.shop.localhost:8080");

        Assert.Equal("cart.shop.localhost:8080", shop.Seen.Single().Headers["Host"]);
    }
}
