using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.E2E.Tests.Journeys;

[Collection(ShortSessionShop.Collection)]
public sealed class ExpiryJourneys(ShortSessionShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Fact]
    public async Task An_expired_session_leads_to_signing_in_and_back_to_the_page()
    {
        var (visitor, user) = await SignedInVisitorAsync();
        await visitor.OpenAsync("auth", "/account/devices");
        await visitor.ExpectSignedInAsync(user);
        var cookie = await visitor.SessionCookieAsync();
        using var watcher = NewClient();
        watcher.Cookies.Put(cookie.Name, cookie.Value, Shop.Domain);
        // Looking at the session does not prolong it.
        await Poll.UntilAsync(
            async () => !(await watcher.GetJsonAsync("auth", "/api/session")).GetProperty("authenticated").GetBoolean(),
            2 * ShortSessionShop.IdleTimeout + TimeSpan.FromSeconds(5), "the session has expired", TestContext.Current.CancellationToken);

        await visitor.Page.GotoAsync(visitor.Address("auth", "/account/devices"));
        Assert.Equal("/login", new Uri(visitor.Page.Url).AbsolutePath);
        await visitor.SubmitSignInAsync(user);

        Assert.Equal(visitor.Address("auth", "/account/devices"), visitor.Page.Url);
        await visitor.ExpectSignedInAsync(user);
    }
}
