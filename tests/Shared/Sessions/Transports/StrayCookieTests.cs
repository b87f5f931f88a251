using ShopSession.Sessions.Tests.Harness;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Tests.Transports;

public sealed class StrayCookieTests
{
    [Theory]
    [InlineData("auth.shop.localhost", "shop.localhost", new[] { null, "auth.shop.localhost" })]
    [InlineData("shop.localhost", "shop.localhost", new string?[] { null })]
    [InlineData("auth.shop.localhost", "auth.shop.localhost", new[] { null, "shop.localhost" })]
    [InlineData("a.b.Shop.Example.co.uk", "shop.example.co.uk", new[] { null, "a.b.shop.example.co.uk", "b.shop.example.co.uk", "example.co.uk" })]
    [InlineData("localhost", "shop.localhost", new string?[] { null })]
    [InlineData("127.0.0.1", "shop.localhost", new string?[] { null })]
    [InlineData("[::1]", "shop.localhost", new string?[] { null })]
    public void Every_domain_that_the_host_could_have_used_is_tried_and_the_real_one_is_not(string host, string configured, string?[] expected) =>
        Assert.Equal(expected, StrayCookieScopes.Domains(host, configured));

    [Theory]
    [InlineData("/", new string[0])]
    [InlineData("/checkout", new[] { "/checkout" })]
    [InlineData("/account/devices/", new[] { "/account", "/account/devices", "/account/devices/" })]
    public void Every_path_above_the_request_is_tried(string path, string[] expected) => Assert.Equal(expected, StrayCookieScopes.Paths(path));

    [Fact]
    public async Task A_leftover_that_is_alone_and_no_session_is_expired_and_the_next_session_is_not_shadowed()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        using var browser = new Browser { Cookie = SessionId.NewAnonymous().Reveal() };

        using var response = await SendAsync(browser, site.A, "/me");

        var cleared = response.Headers.GetValues("Set-Cookie").ToArray();
        Assert.Contains(cleared, line => line.Contains("domain=auth.shop.localhost", StringComparison.OrdinalIgnoreCase) && line.Contains("path=/;", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(cleared, line => !line.Contains("domain=", StringComparison.OrdinalIgnoreCase));
        // A late answer must not take away the cookie of a sign-in that overtook it.
        Assert.DoesNotContain(cleared, line => line.Contains("domain=shop.localhost;", StringComparison.OrdinalIgnoreCase) && line.Contains("path=/;", StringComparison.OrdinalIgnoreCase));
        Assert.All(cleared, line => Assert.Contains("expires=Thu, 01 Jan 1970", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_part_of_a_page_and_a_live_session_expire_nothing()
    {
        await using var site = await Site.StartAsync(replicas: 1);
        using var stale = new Browser { Cookie = SessionId.NewAnonymous().Reveal() };
        using var live = new Browser();
        await live.PostOkAsync(site.A, "/login/ada");

        using var part = await stale.SendAsync(site.A, HttpMethod.Get, "/me", request => request.Headers.Add("Sec-Fetch-Dest", "empty"));
        using var own = await live.GetAsync(site.A, "/me");

        Assert.False(part.Headers.Contains("Set-Cookie"));
        Assert.False(own.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_browser_that_carries_too_much_is_noticed_and_relieved_of_the_sites_own_strays()
    {
        await using var site = await Site.StartAsync(options => options.OwnCookies.Add("__Secure-shop.theme"), replicas: 1);
        using var measured = new Measured(site.A);
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var strays = string.Join("; ", Enumerable.Range(0, 60).Select(i => $"tracker{i}={new string('x', 60)}"));

        using var response = await browser.SendAsync(site.A, HttpMethod.Get, "/me", request =>
        {
            request.Headers.Host = "auth.shop.localhost";
            request.Headers.Remove("Cookie");
            request.Headers.TryAddWithoutValidation("Cookie", $"__Secure-shop.theme=dark; __Secure-shop.theme=light; {Browser.CookieName}={browser.Cookie}; {strays}");
        });
        using var usual = await browser.GetAsync(site.A, "/me");

        Assert.Equal("ada", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var cleared = response.Headers.GetValues("Set-Cookie").ToArray();
        Assert.All(cleared, line => Assert.StartsWith("__Secure-shop.theme=;", line, StringComparison.Ordinal));
        Assert.Equal(1, measured.Sum("shopsession.cookies.over_budget"));
        Assert.Equal(2, measured.Values("shopsession.cookies.header_size").Count(size => size > 0));
        Assert.False(usual.Headers.Contains("Set-Cookie"));
    }

    private static Task<HttpResponseMessage> SendAsync(Browser browser, Replica replica, string path) =>
        browser.SendAsync(replica, HttpMethod.Get, path, request => request.Headers.Host = "auth.shop.localhost");
}
