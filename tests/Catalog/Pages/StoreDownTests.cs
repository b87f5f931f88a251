namespace ShopSession.Catalog.Tests.Pages;

public sealed class StoreDownTests(StoreFixture store)
{
    [Fact]
    public async Task Without_the_session_store_strangers_browse_on_and_visitors_with_a_session_are_asked_to_wait()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var host = await CatalogHost.StartAsync(store, settings: ("ConnectionStrings:redis", redis.ConnectionString));
        var session = (await host.SendAsync(HttpMethod.Post, "/test/session")).Expect(200).Header("Set-Cookie")!.Split(';')[0];
        await host.PageAsync("/products/harbour-mug-sea", headers: ("Cookie", session));
        await redis.KillAsync();

        await host.PageAsync("/products/harbour-mug-sea");
        (await host.GetAsync("/api/products")).Expect(200);
        // The near cache may still vouch for the session for a moment; then the answer is the same for every request.
        await Poll.UntilAsync(
            async () => (await host.GetAsync("/products/harbour-mug-sea", ("Accept", "text/html"), ("Cookie", session))).Status == 503, TimeSpan.FromSeconds(30), "the session is no longer answered for", TestContext.Current.CancellationToken);
        var page = await host.PageAsync("/products/harbour-mug-sea", 503, ("Cookie", session));
        Assert.Contains("Back in a moment", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        var reply = (await host.GetAsync("/products", ("Cookie", session))).ExpectProblem(503, "store-unavailable");
        Assert.NotNull(reply.Header("Retry-After"));
        // What needs no session is served to them too.
        (await host.GetAsync("/api/products", ("Cookie", session))).Expect(200);
    }
}
