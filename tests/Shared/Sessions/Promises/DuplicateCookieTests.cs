using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class DuplicateCookieTests(ITestOutputHelper output)
{
    private static readonly string Foreign = SessionId.NewAnonymous().Reveal();

    [Theory]
    [InlineData("{0}={2}; {0}={1}")]
    [InlineData("{0}={1}; {0}={2}")]
    [InlineData("{0}=; {0}={1}")]
    [InlineData("{0}=short; {0}={1}; other=1")]
    public async Task Of_several_cookies_of_the_name_the_live_one_wins_and_strays_are_expired(string header)
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        using var response = await SendAsync(browser, site.B, header);

        Assert.Equal("ada", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var cleared = response.Headers.GetValues("Set-Cookie").ToArray();
        Assert.Contains(cleared, cookie => !cookie.Contains("domain=", StringComparison.OrdinalIgnoreCase) && cookie.Contains("path=/;", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(cleared, cookie => cookie.Contains("domain=", StringComparison.OrdinalIgnoreCase) && cookie.Contains("path=/;", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("__SECURE-SHOP.SID={2}; {0}={1}")]
    [InlineData("{0}={1}; __secure-shop.sid={2}")]
    [InlineData("__Secure%2Dshop.sid={2}; {0}={1}")]
    [InlineData("[{0}={2}; {0}={1}")]
    [InlineData("{0}={1}; {0}x={2}")]
    public async Task Names_that_only_look_alike_are_other_cookies(string header)
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        using var response = await SendAsync(browser, site.B, header);

        Assert.Equal("ada", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task In_whatever_order_they_come_the_valid_cookie_wins()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        string[] cookies = ["{0}={1}", "{0}={2}", "{0}=short", "{0}=", "theme=dark", "{0}x={2}"];
        var signedOut = 0;
        const int Trials = 60;
        for (var i = 0; i < Trials; i++)
        {
            new Random(i).Shuffle(cookies);
            using var response = await SendAsync(browser, site.Replicas[i % 2], string.Join("; ", cookies));
            if (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) != "ada") signedOut++;
        }

        output.WriteLine($"{Trials} orders of cookies of the name, {signedOut} times the valid one did not win");
        Assert.Equal(0, signedOut);
    }

    private static Task<HttpResponseMessage> SendAsync(Browser browser, Replica replica, string header) =>
        browser.SendAsync(replica, HttpMethod.Get, "/me", request =>
        {
            request.Headers.Remove("Cookie");
            request.Headers.TryAddWithoutValidation("Cookie", string.Format(System.Globalization.CultureInfo.InvariantCulture, header, Browser.CookieName, browser.Cookie, Foreign));
        });
}
