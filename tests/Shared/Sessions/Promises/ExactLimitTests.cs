using System.Net;
using ShopSession.Sessions.Tests.Harness;

namespace ShopSession.Sessions.Tests.Promises;

public sealed class ExactLimitTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(SessionLimitPolicy.NewestWins)]
    [InlineData(SessionLimitPolicy.Refuse)]
    public async Task Of_simultaneous_logins_exactly_as_many_live_as_allowed(SessionLimitPolicy policy)
    {
        await using var site = await Site.StartAsync(options =>
        {
            options.MaxPerUser = 3;
            options.LimitPolicy = policy;
        });
        const int Logins = 40;
        var browsers = Enumerable.Range(0, Logins).Select(_ => new Browser()).ToArray();

        var responses = await Task.WhenAll(browsers.Select((browser, i) => browser.PostAsync(site.Replicas[i % 2], "/login/ada")));
        var alive = 0;
        foreach (var browser in browsers)
        {
            if (browser.Cookie is not null && await browser.TextAsync(site.A, "/me") == "ada") alive++;
        }

        var refused = responses.Count(response => response.StatusCode == HttpStatusCode.Conflict);
        output.WriteLine($"{policy}: {Logins} logins at once, {refused} refused, {alive} alive");
        Assert.Equal(3, alive);
        Assert.Equal(policy == SessionLimitPolicy.Refuse ? Logins - 3 : 0, refused);
        foreach (var browser in browsers) browser.Dispose();
    }

    [Fact]
    public async Task The_oldest_session_ends_when_the_newest_begins()
    {
        await using var site = await Site.StartAsync(options => options.MaxPerUser = 1);
        using var first = new Browser();
        using var second = new Browser();
        await first.PostOkAsync(site.A, "/login/ada");

        await second.PostOkAsync(site.B, "/login/ada");

        Assert.Equal("", await first.TextAsync(site.A, "/me"));
        Assert.Equal("ada", await second.TextAsync(site.A, "/me"));
    }

    /// <summary>Guards who was signed in when the limit was lowered: a sign-in that was refused took the newest of the others along, or the session that it came from.</summary>
    [Theory]
    [InlineData("/login/ada", false)]
    [InlineData("/login/ada", true)]
    [InlineData("/renew/ada", true)]
    public async Task A_sign_in_that_is_refused_ends_no_session(string path, bool isSignedIn)
    {
        await using var site = await Site.StartAsync(static options => options.MaxPerUser = 3, replicas: 1);
        await using var strict = await Replica.StartAsync(site.Redis.ConnectionString, static options =>
        {
            options.MaxPerUser = 1;
            options.LimitPolicy = SessionLimitPolicy.Refuse;
        });
        var browsers = Enumerable.Range(0, 3).Select(static _ => new Browser()).ToArray();
        foreach (var browser in browsers) await browser.PostOkAsync(site.A, "/login/ada");
        using var asking = isSignedIn ? browsers[0].Clone() : new Browser();

        using var response = await asking.PostAsync(strict, path);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        foreach (var browser in browsers)
        {
            Assert.Equal("ada", await browser.TextAsync(strict, "/me"));
            await browser.PostOkAsync(site.A, "/set/color/green");
            browser.Dispose();
        }
    }

    [Fact]
    public async Task An_expired_session_takes_no_place()
    {
        await using var site = await Site.StartAsync(options =>
        {
            options.MaxPerUser = 1;
            options.LimitPolicy = SessionLimitPolicy.Refuse;
        });
        using var first = new Browser();
        using var second = new Browser();
        await first.PostOkAsync(site.A, "/login/ada");
        await site.Redis.SendAsync("DEL", (await site.Redis.SendAsync("KEYS", "s:*")).Trim());

        await second.PostOkAsync(site.B, "/login/ada");

        Assert.Equal("ada", await second.TextAsync(site.A, "/me"));
    }

    [Fact]
    public async Task Signing_in_again_in_the_same_browser_takes_no_second_place()
    {
        await using var site = await Site.StartAsync(options =>
        {
            options.MaxPerUser = 1;
            options.LimitPolicy = SessionLimitPolicy.Refuse;
        });
        using var browser = new Browser();
        await browser.PostOkAsync(site.A, "/login/ada");

        await browser.PostOkAsync(site.B, "/login/ada");

        Assert.Equal("ada", await browser.TextAsync(site.A, "/me"));
    }
}
