using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using ShopSession.Sessions.Tests.Harness;
using ShopSession.Sessions.Transports;

namespace ShopSession.Sessions.Tests.Transports;

public sealed partial class UrlTransportTests
{
    [Fact]
    public async Task Where_a_cookie_carries_the_id_one_in_an_address_is_nothing()
    {
        await using var site = await Site.StartAsync();
        using var owner = new Browser();
        await owner.PostOkAsync(site.A, "/login/ada");
        using var other = new Browser();

        foreach (var name in new[] { "sid", Browser.CookieName, "id", "session" })
        {
            using var answer = await other.GetAsync(site.B, $"/me?{name}={Uri.EscapeDataString(owner.Cookie!)}");
            Assert.Equal("", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        // Nor does it stand in the way of the cookie, or get into a page.
        Assert.Equal("ada", await owner.TextAsync(site.A, "/me?sid=AAAA"));
        Assert.DoesNotContain("sid=", await owner.TextAsync(site.A, "/page"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_the_lab_links_forms_and_redirects_carry_the_id_and_no_cookie_does()
    {
        await using var site = await Site.StartAsync(InUrls);
        using var visitor = new Browser();

        using var signedIn = await visitor.PostAsync(site.A, "/login-then/ada?to=%2Fpage%3Fq%3D1");
        var location = signedIn.Headers.Location!.ToString();
        Assert.Matches(@"^/page\?q=1&sid=.{20,}$", location);
        Assert.False(signedIn.Headers.Contains("Set-Cookie"));

        using var shown = await visitor.GetAsync(site.B, location);
        var page = await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("<p>ada</p>", page, StringComparison.Ordinal);
        Assert.Equal("no-store", shown.Headers.CacheControl?.ToString());
        var id = HttpUtility.ParseQueryString(location.Split('?')[1])["sid"]!;
        Assert.Contains($"""<a href="/get/color?x=1&amp;y=2&amp;sid={id}#top">""", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="http://elsewhere.example/">""", page, StringComparison.Ordinal);
        Assert.Contains($"""<form method="post" action="/page?q=1&amp;sid={id}">""", page, StringComparison.Ordinal);

        // Whoever has the address is who made it.
        using var stranger = new Browser();
        Assert.Equal("ada", await stranger.TextAsync(site.A, $"/me?sid={id}"));
    }

    [Fact]
    public async Task In_the_lab_a_cookie_is_not_looked_at_a_bearer_token_is_and_an_ended_id_leads_nowhere()
    {
        await using var site = await Site.StartAsync(InUrls);
        using var visitor = new Browser();
        var token = await visitor.PostOkAsync(site.A, "/token/ada");

        visitor.Cookie = token;
        Assert.Equal("", await visitor.TextAsync(site.A, "/me"));
        visitor.Cookie = null;
        using (var bearer = await visitor.SendAsync(site.B, HttpMethod.Get, "/page", request => request.Headers.Add("Authorization", $"Bearer {token}")))
        {
            var page = await bearer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("<p>ada</p>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("sid=", page, StringComparison.Ordinal);
        }

        Assert.Equal("ada", await visitor.TextAsync(site.B, $"/me?sid={token}"));
        await visitor.PostOkAsync(site.A, $"/logout?sid={token}");
        var after = await visitor.TextAsync(site.B, $"/page?sid={token}");
        Assert.Contains("<p></p>", after, StringComparison.Ordinal);
        Assert.DoesNotMatch(Sid(), after);
    }

    [Fact]
    public async Task A_guests_session_that_a_request_starts_is_in_its_own_answer()
    {
        await using var site = await Site.StartAsync(InUrls);
        using var visitor = new Browser();

        using var stored = await visitor.PostAsync(site.A, "/set/color/green");
        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        Assert.False(stored.Headers.Contains("Set-Cookie"));
        Assert.Equal("no-store", stored.Headers.CacheControl?.ToString());
    }

    private static void InUrls(SharedSessionOptions options)
    {
        options.Transport = SessionTransports.Url;
        options.Lab = true;
    }

    [GeneratedRegex(@"\bsid=")]
    private static partial Regex Sid();
}
