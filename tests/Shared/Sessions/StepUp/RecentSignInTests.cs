using System.Net;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Testing;

namespace ShopSession.Sessions.Tests.StepUp;

public sealed class RecentSignInTests
{
    [Fact]
    public async Task Who_signed_in_too_long_ago_signs_in_again_and_keeps_the_session()
    {
        await using var site = await Site.StartAsync(options => options.LoginUrl = "http://auth.shop.localhost/login");
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/set/color/green");
        Assert.Equal("ok", await browser.TextAsync(site.B, "/sensitive"));

        await Poll.UntilAsync(
            async () =>
            {
                using var page = await browser.GetAsync(site.B, "/sensitive");
                return page.StatusCode == HttpStatusCode.Redirect && page.Headers.Location!.Query.Contains("stepUp=true", StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(30), "the sign-in to be no longer recent", TestContext.Current.CancellationToken);
        using var api = await browser.GetAsync(site.B, "/api/sensitive");
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
        Assert.Contains("insufficient_user_authentication", api.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal("ada", await browser.TextAsync(site.A, "/members"));

        var before = browser.Cookie;
        await browser.PostOkAsync(site.A, "/login/ada");

        Assert.NotEqual(before, browser.Cookie);
        Assert.Equal("ok", await browser.TextAsync(site.B, "/sensitive"));
        Assert.Equal("green", await browser.TextAsync(site.B, "/get/color"));
    }

    [Fact]
    public async Task Renewing_the_login_of_a_session_does_not_make_it_recent()
    {
        await using var site = await Site.StartAsync(options => options.LoginUrl = "http://auth.shop.localhost/login");
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await Poll.UntilAsync(
            async () =>
            {
                await browser.PostOkAsync(site.B, "/renew/ada");
                using var page = await browser.GetAsync(site.A, "/sensitive");
                return page.StatusCode == HttpStatusCode.Redirect;
            },
            TimeSpan.FromSeconds(30), "the sign-in to be no longer recent although it was renewed", TestContext.Current.CancellationToken);
        Assert.Equal("ada", await browser.TextAsync(site.A, "/members"));
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to_sign_in_not_to_step_up()
    {
        await using var site = await Site.StartAsync(options => options.LoginUrl = "http://auth.shop.localhost/login", replicas: 1);
        using var browser = new Browser();

        using var page = await browser.GetAsync(site.A, "/sensitive");

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.DoesNotContain("stepUp", page.Headers.Location!.Query, StringComparison.Ordinal);
    }
}
