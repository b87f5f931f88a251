using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Forwarding;

public sealed class TrustedHeaderTests
{
    [Fact]
    public async Task Services_learn_address_scheme_and_host_from_the_connection_and_the_gateway_shows_its_key()
    {
        await using var shop = await Shop.StartAsync();

        await shop.Gateway.GetStringAsync("/", "cart.shop.localhost:8080");

        var headers = shop.Cart.Requests.Single().Headers;
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.Equal("cart.shop.localhost:8080", headers["X-Forwarded-Host"]);
        Assert.Equal(GatewayHost.Key, headers["X-Shop-Gateway-Key"]);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-proto", "http")]
    [InlineData("X-FORWARDED-HOST", "cart.shop.localhost")]
    [InlineData("X-Forwarded-Prefix", null)]
    [InlineData("X-Forwarded-Port", null)]
    [InlineData("Forwarded", null)]
    [InlineData("X-Real-IP", null)]
    [InlineData("X-Original-URL", null)]
    [InlineData("X-Original-For", null)]
    [InlineData("X-Rewrite-URL", null)]
    [InlineData("X-HTTP-Method-Override", null)]
    [InlineData("x-shop-gateway-key", GatewayHost.Key)]
    public async Task What_a_client_claims_about_itself_is_dropped(string header, string? arrives)
    {
        await using var shop = await Shop.StartAsync();

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, configure: request => request.Headers.Add(header, ["for=6.6.6.6", "forged"]));

        var seen = shop.Cart.Requests.Single().Headers;
        if (arrives is null) Assert.DoesNotContain(header, seen.Keys, StringComparer.OrdinalIgnoreCase);
        else Assert.Equal(arrives, seen[header]);
    }

    [Fact]
    public async Task A_connection_header_cannot_remove_what_the_gateway_adds_or_the_cookie()
    {
        await using var shop = await Shop.StartAsync();

        await shop.Gateway.SendRawAsync("GET / HTTP/1.1\r\nHost: cart.shop.localhost\r\nConnection: Cookie, X-Forwarded-For, X-Shop-Gateway-Key\r\nCookie: a=b\r\n\r\n");

        var headers = shop.Cart.Requests.Single().Headers;
        Assert.Equal("a=b", headers["Cookie"]);
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal(GatewayHost.Key, headers["X-Shop-Gateway-Key"]);
    }

    [Fact]
    public async Task No_answer_names_the_server_software()
    {
        await using var shop = await Shop.StartAsync();
        shop.Cart.Answer = context =>
        {
            context.Response.Headers.Server = "Kestrel";
            context.Response.Headers["X-Powered-By"] = "ASP.NET";
            return Task.CompletedTask;
        };

        using var forwarded = await shop.Gateway.SendAsync(HttpMethod.Get);
        using var own = await shop.Gateway.SendAsync(HttpMethod.Get, host: "evil.test");

        Assert.False(forwarded.Headers.Contains("Server"));
        Assert.False(forwarded.Headers.Contains("X-Powered-By"));
        Assert.False(own.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Events_pass_one_by_one_without_waiting_for_the_end()
    {
        await using var shop = await Shop.StartAsync();
        var next = new SemaphoreSlim(0);
        shop.Cart.Answer = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            for (var i = 0; i < 3; i++)
            {
                await context.Response.Body.WriteAsync("data: x\n\n"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await next.WaitAsync(context.RequestAborted);
            }
        };

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, "/events");
        await using var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var buffer = new byte[64];
        for (var i = 0; i < 3; i++)
        {
            // Read before the service may go on: a buffering gateway would hang here.
            Assert.Equal(9, await stream.ReadAtLeastAsync(buffer, 9, cancellationToken: TestContext.Current.CancellationToken));
            next.Release();
        }
        Assert.Equal(0, await stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
    }
}
