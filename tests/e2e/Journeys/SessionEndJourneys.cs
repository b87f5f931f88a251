using Microsoft.Playwright;
using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;
using ShopSession.E2E.Tests.Support;
using ShopSession.Testing;

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

    [Fact]
    public async Task An_open_page_whose_stream_was_refused_notices_all_the_same_that_its_login_was_ended()
    {
        const string Stream = "**/session/events";
        var (visitor, user) = await SignedInVisitorAsync();
        var refused = 0;
        // As the gateway answers while no replica is there; a browser takes an error for the end of the stream.
        await visitor.Page.RouteAsync(Stream, route =>
        {
            refused++;
            return route.FulfillAsync(new() { Status = 503 });
        });
        await visitor.OpenAsync("catalog", "/products");
        await Poll.UntilAsync(() => Task.FromResult(refused > 0), TimeSpan.FromSeconds(20), "the page asked for the stream", TestContext.Current.CancellationToken);
        var other = NewClient();
        await other.JsonAsync(HttpMethod.Post, "auth", "/api/login", new { email = user.Email, password = user.Password });
        await other.JsonAsync(HttpMethod.Post, "auth", "/api/logout-everywhere", expected: System.Net.HttpStatusCode.NoContent);

        await visitor.Page.UnrouteAsync(Stream);

        await Assertions.Expect(visitor.Page.GetByTestId("session-ended")).ToBeVisibleAsync();
    }
}
