using ShopSession.Testing;

namespace ShopSession.Web.Tests.Security;

public sealed class SessionApiTests(StoreFixture store)
{
    [Fact]
    public async Task An_anonymous_visitor_learns_so_and_gets_no_session()
    {
        await using var service = await ProbeService.StartAsync(store);
        var reply = await service.GetAsync("/api/session");
        Assert.Equal(200, reply.Status);
        Assert.False((bool)reply.Json["authenticated"]!);
        Assert.Null(reply.Json["fingerprint"]);
        Assert.Equal("probe-1", (string)reply.Json["replica"]!);
        Assert.Equal("redis", (string)reply.Json["strategy"]!);
        Assert.Null(reply.Header("Set-Cookie"));
        Assert.Equal("no-store", reply.Header("Cache-Control"));
    }

    [Fact]
    public async Task Of_a_session_that_the_store_cannot_show_now_nobody_says_that_it_is_not_signed_in()
    {
        await using var redis = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var service = await ProbeService.StartAsync(store, settings: ("ConnectionStrings:redis", redis.ConnectionString));
        var cookie = ("Cookie", $"__Secure-shop.sid=Ag{new string('A', 58)}");
        await redis.KillAsync();

        var reply = await service.GetAsync("/api/session", cookie);

        Assert.Equal("store-unavailable", reply.Problem(503));
        Assert.NotNull(reply.Header("Retry-After"));
        Assert.Null(reply.Header("Set-Cookie"));
        // Without an id there is nothing to ask the store.
        Assert.False((bool)(await service.GetAsync("/api/session")).Json["authenticated"]!);
        var page = await service.GetAsync("/status/503", cookie, ("Accept", "text/html"));
        Assert.DoesNotContain("data-testid=\"sign-in\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("data-testid=\"account\"", page.Text, StringComparison.Ordinal);
    }
}
