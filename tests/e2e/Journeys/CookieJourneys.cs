using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

[Collection(RedisShop.Collection)]
public sealed class CookieJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_one_cookie_has_the_promised_attributes(bool remember)
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync();
        await visitor.SignInAsync(user, remember);

        var cookie = await visitor.SessionCookieAsync();

        Assert.Equal("." + Shop.Domain, cookie.Domain);
        Assert.Equal("/", cookie.Path);
        Assert.True(cookie.Secure);
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
        if (remember) Assert.True(cookie.Expires > DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds());
        else Assert.Equal(-1, cookie.Expires);
    }

    [Fact]
    public async Task A_visitor_who_only_looks_around_gets_no_session_cookie()
    {
        var visitor = await NewVisitorAsync();

        await visitor.OpenAsync("");
        await visitor.OpenAsync("catalog", "/products");

        Assert.DoesNotContain(await visitor.Context.CookiesAsync(), cookie => cookie.Name == "__Secure-shop.sid");
    }

    [Fact]
    public async Task The_cookie_reaches_every_sibling_and_no_foreign_domain()
    {
        var seen = new ConcurrentQueue<(string Host, string Cookie)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var foreign = builder.Build();
        foreign.Run(context =>
        {
            seen.Enqueue((context.Request.Host.Host, context.Request.Headers.Cookie.ToString()));
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<!doctype html><title>Elsewhere</title><p>Elsewhere");
        });
        await foreign.StartAsync(TestContext.Current.CancellationToken);
        var port = new Uri(foreign.Urls.Single()).Port;
        var (visitor, _) = await SignedInVisitorAsync();

        // The control: this server does see the cookie when the browser takes it for a sibling, so an empty header elsewhere means something.
        foreach (var host in new[] { $"sibling.{Shop.Domain}", "evil.localhost", $"not{Shop.Domain}", "localhost", "127.0.0.1" })
            await visitor.Page.GotoAsync($"http://{host}:{port}/");

        var pages = seen.Where(entry => entry.Cookie.Length > 0).Select(entry => entry.Host).Distinct();
        Assert.Equal([$"sibling.{Shop.Domain}"], pages);
        Assert.Superset(new HashSet<string> { "evil.localhost", $"not{Shop.Domain}", "localhost", "127.0.0.1" }, seen.Select(entry => entry.Host).ToHashSet());
    }

    [Fact]
    public async Task The_session_id_changes_when_a_guest_signs_in()
    {
        var user = await NewUserAsync();
        var visitor = await NewVisitorAsync();
        await visitor.AddProductAsync();
        var before = await visitor.SessionCookieAsync();

        await visitor.SignInAsync(user);

        Assert.NotEqual(before.Value, (await visitor.SessionCookieAsync()).Value);
    }
}
