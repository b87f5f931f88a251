using System.Net;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Guards;

public sealed class HeaderLimitTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(180)]
    public async Task A_cookie_bomb_gets_a_page_that_removes_every_cookie_it_came_with(int cookies)
    {
        await using var shop = await Shop.StartAsync();
        var bomb = string.Join("; ", Enumerable.Range(0, cookies).Select(i => $"bomb{i}={new string('x', 3900)}")) + "; __Secure-shop.sid=abc";

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, "/checkout/pay", configure: request =>
        {
            request.Headers.TryAddWithoutValidation("Cookie", bomb);
            request.Headers.Accept.ParseAdd("text/html");
        });

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
        Assert.Equal("\"cookies\"", answer.Headers.GetValues("Clear-Site-Data").Single());
        var removed = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.All(removed, line => Assert.Contains("Max-Age=0", line, StringComparison.Ordinal));
        foreach (var name in Enumerable.Range(0, cookies).Select(i => $"bomb{i}"))
        {
            Assert.Contains($"{name}=; Path=/; Domain=shop.localhost; Max-Age=0; Secure; HttpOnly; SameSite=Lax", removed);
            if (cookies == 20) Assert.Contains($"{name}=; Path=/checkout; Domain=shop.localhost; Max-Age=0; Secure; HttpOnly; SameSite=Lax", removed);
        }
        Assert.Contains("reload", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(shop.Seen);
    }

    [Fact]
    public async Task Headers_just_below_the_limit_reach_the_service_with_what_the_gateway_adds()
    {
        await using var shop = await Shop.StartAsync();

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, configure: request => request.Headers.TryAddWithoutValidation("Cookie", "a=" + new string('x', 23_900)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(23_902, shop.Cart.Requests.Single().Headers["Cookie"].Length);
    }

    [Theory]
    [InlineData(81, 431)]
    [InlineData(78, 200)]
    [InlineData(300, 431)]
    public async Task Too_many_headers_are_refused_and_no_cookie_is_removed(int count, int status)
    {
        await using var shop = await Shop.StartAsync();
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-Many-{i}: 1\r\n"));

        var answer = await shop.Gateway.SendRawAsync($"GET / HTTP/1.1\r\nHost: cart.shop.localhost\r\n{headers}\r\n");

        Assert.Equal(status, RawHttp.Status(answer));
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_unknown_host_gets_no_cookie_even_then()
    {
        await using var shop = await Shop.StartAsync();

        using var answer = await shop.Gateway.SendAsync(HttpMethod.Get, host: "evil.localhost", configure: request => request.Headers.TryAddWithoutValidation("Cookie", "a=" + new string('x', 60_000)));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.False(answer.Headers.Contains("Clear-Site-Data"));
    }
}
