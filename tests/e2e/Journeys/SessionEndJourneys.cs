using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;

namespace ShopSession.E2E.Tests.Journeys;

[Collection(RedisShop.Collection)]
public sealed class SessionEndJourneys(RedisShop running, BrowserFixture browser) : JourneyTest(running, browser)
{
    [Theory]
    [InlineData("catalog", "/products")]
    [InlineData("cart", "/")]
    public async Task An_open_page_of_any_sibling_notices_that_its_login_was_ended_elsewhere(string service, string path)
    {
        var (visitor, user) = await SignedInVisitorAsync();
        await visitor.OpenAsync(service, path);
        await visitor.ExpectSignedInAsync(user);
        // The page listens once its stream is open.
        await visitor.UntilTrueAsync("async () => (await navigator.locks.query()).held.some(lock => lock.name === 'shop-session')");
        var other = NewClient();
        await other.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = user.Password });

        await other.JsonAsync(HttpMethod.Post, "auth", "/api/logout-everywhere", expected: System.Net.HttpStatusCode.NoContent);

        var notice = visitor.Page.GetByTestId("session-ended");
        await Assertions.Expect(notice).ToBeVisibleAsync();
        await notice.GetByRole(AriaRole.Button, new() { Name = "Sign in again" }).ClickAsync();
        await visitor.SubmitSignInAsync(user);
        await visitor.ExpectSignedInAsync(user);
        Assert.StartsWith(visitor.Address(service, path), visitor.Page.Url, StringComparison.Ordinal);
    }
}
