using System.Net;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class OneLoginTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Signed_in_anywhere_is_signed_in_everywhere_at_the_next_request()
    {
        await using var site = await Site.StartAsync(replicas: 3);
        var (asked, signedOut) = (0, 0);
        for (var i = 0; i < 60; i++)
        {
            using var browser = new Browser();
            await browser.PostOkAsync(site.Replicas[i % 3], $"/login/user{i}");
            foreach (var replica in site.Replicas)
            {
                asked++;
                if (await browser.TextAsync(replica, "/me") != $"user{i}") signedOut++;
            }
        }

        output.WriteLine($"{asked} requests after 60 sign-ins, {signedOut} not signed in");
        Assert.Equal(0, signedOut);
    }

    [Fact]
    public async Task Signed_in_at_one_replica_is_signed_in_at_all_at_the_next_request()
    {
        await using var site = await Site.StartAsync(replicas: 3);
        using var browser = new Browser();

        await browser.PostOkAsync(site.A, "/login/ada");

        foreach (var replica in site.Replicas) Assert.Equal("ada", await browser.TextAsync(replica, "/members"));
    }

    [Fact]
    public async Task The_cookie_is_opaque_secure_and_widened_to_the_parent_domain()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();

        await browser.PostOkAsync(site.A, "/login/ada");

        var cookie = browser.LastSetCookie!.ToLowerInvariant();
        Assert.Equal(60, browser.Cookie!.Length);
        foreach (var attribute in new[] { "domain=shop.localhost", "path=/", "secure", "httponly", "samesite=lax" }) Assert.Contains(attribute, cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("max-age", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remember_me_makes_the_cookie_outlive_the_browser()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();

        await browser.PostOkAsync(site.A, "/login/ada?remember=true");

        Assert.Contains("max-age=2592000", browser.LastSetCookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_a_guest_stored_is_there_after_signing_in_and_gone_after_signing_out()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/set/color/green");

        await browser.PostOkAsync(site.B, "/login/ada");
        Assert.Equal("green", await browser.TextAsync(site.A, "/get/color"));

        await browser.PostOkAsync(site.A, "/logout");
        Assert.Null(browser.Cookie);
        Assert.Equal("", await browser.TextAsync(site.B, "/get/color"));
    }

    [Fact]
    public async Task Nothing_of_one_users_session_passes_to_the_next_user_of_the_browser()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        await browser.PostOkAsync(site.A, "/set/secret/ada-only");
        var adas = browser.Clone();

        await browser.PostOkAsync(site.B, "/login/bob");

        Assert.Equal("", await browser.TextAsync(site.A, "/get/secret"));
        Assert.Equal("", await adas.TextAsync(site.A, "/me"));
        adas.Dispose();
    }

    [Fact]
    public async Task A_page_that_needs_a_login_sends_to_the_login_page_and_an_api_call_gets_the_status()
    {
        await using var site = await Site.StartAsync(options => options.LoginUrl = "http://auth.shop.localhost:8080/login");
        using var browser = new Browser();

        using var page = await browser.GetAsync(site.A, "/members");
        using var api = await browser.GetAsync(site.A, "/api/members");

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal($"http://auth.shop.localhost:8080/login?returnUrl={Uri.EscapeDataString(new Uri(site.A.Address, "/members").ToString())}", page.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, api.StatusCode);
    }

    [Fact]
    public async Task A_token_carries_the_same_session_and_never_touches_cookies()
    {
        await using var site = await Site.StartAsync();
        using var client = new Browser();
        var token = await client.PostOkAsync(site.A, "/token/ada");
        Assert.Null(client.Cookie);

        using var response = await client.SendAsync(site.B, HttpMethod.Get, "/api/members", request => request.Headers.Add("Authorization", $"Bearer {token}"));
        Assert.Equal("ada", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(response.Headers.Contains("Set-Cookie"));

        using var wrong = await client.SendAsync(site.B, HttpMethod.Get, "/api/members", request => request.Headers.Add("Authorization", "Bearer " + new string('A', 60)));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Contains("invalid_token", wrong.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_outranks_a_cookie_and_leaves_it_alone()
    {
        await using var site = await Site.StartAsync();
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");
        var token = await browser.PostOkAsync(site.A, "/token/bob");

        using var response = await browser.SendAsync(site.B, HttpMethod.Post, "/logout", request => request.Headers.Add("Authorization", $"Bearer {token}"));

        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal("ada", await browser.TextAsync(site.A, "/me"));
        using var dead = await browser.SendAsync(site.A, HttpMethod.Get, "/api/members", request => request.Headers.Add("Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, dead.StatusCode);
    }
}
