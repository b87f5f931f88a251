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
}
