using System.Net.Http.Json;

namespace ShopSession.Web.Tests.Origins;

public sealed class OriginCheckTests(StoreFixture store)
{
    private const string Sibling = "http://cart.shop.localhost:8080";

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "same-origin", true)]
    [InlineData(null, "none", true)]
    [InlineData(null, "same-site", false)]
    [InlineData(null, "cross-site", false)]
    [InlineData(Sibling, null, true)]
    [InlineData(Sibling, "same-site", true)]
    [InlineData(Sibling, "same-origin", true)]
    [InlineData(Sibling, "cross-site", false)]
    [InlineData("http://shop.localhost:8080", "same-site", true)]
    [InlineData("http://evil.shop.localhost:8080", "same-site", false)]
    [InlineData("http://evil.test", "cross-site", false)]
    [InlineData("http://evil.test", null, false)]
    [InlineData("null", null, false)]
    [InlineData("null", "same-origin", false)]
    [InlineData("https://cart.shop.localhost:8080", "same-site", false)]
    [InlineData("http://cart.shop.localhost", "same-site", false)]
    [InlineData("http://cart.shop.localhost:8080.evil.test", "same-site", false)]
    public async Task A_change_is_taken_from_the_shops_own_pages_only(string? origin, string? site, bool accepted)
    {
        await using var service = await ProbeService.StartAsync(store);
        var headers = new List<(string, string)>();
        if (origin is not null) headers.Add(("Origin", origin));
        if (site is not null) headers.Add(("Sec-Fetch-Site", site));
        var reply = await service.SendAsync(HttpMethod.Post, "/api/probe", JsonContent.Create(new { number = 1 }), [.. headers]);
        if (accepted) Assert.Equal(200, reply.Status);
        else Assert.Equal("foreign-origin", reply.Problem(403));
    }

    [Fact]
    public async Task Reading_is_not_refused()
    {
        await using var service = await ProbeService.StartAsync(store);
        Assert.Equal(200, (await service.GetAsync("/probe", ("Origin", "http://evil.test"), ("Sec-Fetch-Site", "cross-site"))).Status);
    }

    [Fact]
    public async Task Scripts_of_siblings_may_use_the_api_and_no_others()
    {
        await using var service = await ProbeService.StartAsync(store);
        var own = await service.SendAsync(HttpMethod.Options, "/api/probe", ("Origin", Sibling), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));
        Assert.Equal(Sibling, own.Header("Access-Control-Allow-Origin"));
        Assert.Equal("true", own.Header("Access-Control-Allow-Credentials"));
        foreach (var origin in new[] { "null", "http://evil.shop.localhost:8080", "http://shop.localhost.evil.test", "https://cart.shop.localhost:8080", "http://a.cart.shop.localhost:8080" })
        {
            var foreign = await service.SendAsync(HttpMethod.Options, "/api/probe", ("Origin", origin), ("Access-Control-Request-Method", "POST"));
            Assert.Null(foreign.Header("Access-Control-Allow-Origin"));
            Assert.Null(foreign.Header("Access-Control-Allow-Credentials"));
        }

        Assert.Null((await service.GetAsync("/probe", ("Origin", Sibling))).Header("Access-Control-Allow-Origin"));
    }
}
