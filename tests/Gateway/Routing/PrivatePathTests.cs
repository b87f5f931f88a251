using System.Net;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Routing;

public sealed class PrivatePathTests
{
    [Theory]
    [InlineData("/internal")]
    [InlineData("/internal/products?ids=1")]
    [InlineData("/Internal/products")]
    [InlineData("/%69nternal/products")]
    [InlineData("/%2569nternal/products")]
    [InlineData("//internal/products")]
    [InlineData("/%2Finternal/products")]
    [InlineData("/%5Cinternal/products")]
    [InlineData("/\\internal/products")]
    [InlineData("/./internal/products")]
    [InlineData("/x/../internal/products")]
    [InlineData("/x/%2e%2e/internal/products")]
    [InlineData("/internal;x=1/products")]
    [InlineData("/internal%20/products")]
    [InlineData("/health/x")]
    [InlineData("/alive/")]
    public async Task Private_paths_of_services_are_not_forwarded_however_they_are_spelt(string path)
    {
        await using var shop = await Shop.StartAsync();

        var answer = await shop.Gateway.SendRawAsync($"GET {path} HTTP/1.1\r\nHost: cart.shop.localhost\r\n\r\n");

        Assert.Equal(404, RawHttp.Status(answer));
        Assert.Empty(shop.Seen);
    }

    [Theory]
    [InlineData("/internals")]
    [InlineData("/products/internal")]
    [InlineData("/healthy-food")]
    public async Task Paths_that_only_look_alike_are_forwarded(string path)
    {
        await using var shop = await Shop.StartAsync();

        Assert.Equal("cart", await shop.Gateway.GetStringAsync(path));
    }

    [Theory]
    [InlineData("cart.shop.localhost")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Health_and_alive_are_the_gateways_own(string host)
    {
        await using var shop = await Shop.StartAsync();

        Assert.StartsWith("Healthy", await shop.Gateway.GetStringAsync("/health", host), StringComparison.Ordinal);
        Assert.Equal("Healthy", await shop.Gateway.GetStringAsync("/alive", host));
        Assert.Empty(shop.Seen);
    }

    [Fact]
    public async Task Health_tells_what_stands_behind_only_on_the_machines_own_addresses()
    {
        await using var shop = await Shop.StartAsync();

        Assert.Contains("cart: 1 of 1 ready", await shop.Gateway.GetStringAsync("/health", "127.0.0.1"), StringComparison.Ordinal);
        Assert.Equal("Healthy", await shop.Gateway.GetStringAsync("/health", "shop.localhost"));
    }

    [Fact]
    public async Task Health_of_an_unknown_host_is_404()
    {
        await using var shop = await Shop.StartAsync();

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, "/health", "evil.localhost");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
