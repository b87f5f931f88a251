namespace ShopSession.Web.Tests.Security;

public sealed class SecurityHeaderTests(StoreFixture store)
{
    [Theory]
    [InlineData("/probe")]
    [InlineData("/none")]
    [InlineData("/fail/other")]
    [InlineData("/health")]
    [InlineData("/api/session")]
    public async Task Every_response_carries_them(string path)
    {
        await using var service = await ProbeService.StartAsync(store);
        var reply = await service.GetAsync(path);
        var policy = reply.Header("Content-Security-Policy");
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
        Assert.Equal("strict-origin-when-cross-origin", reply.Header("Referrer-Policy"));
        Assert.Equal("same-origin", reply.Header("Cross-Origin-Opener-Policy"));
        Assert.NotNull(reply.Header("Permissions-Policy"));
        Assert.Null(reply.Header("Server"));
        Assert.Null(reply.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Under_https_browsers_are_told_to_stay_there()
    {
        await using var service = await ProbeService.StartAsync(store, "Production", settings: [("Shop:Scheme", "https"), ("Shop:Port", "443")]);
        var reply = await service.GetAsync("/none", ("Host", "catalog.shop.localhost"));
        Assert.Equal("max-age=31536000; includeSubDomains", reply.Header("Strict-Transport-Security"));
        Assert.Contains("https://cart.shop.localhost", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_replica_shows_itself_outside_production()
    {
        await using var development = await ProbeService.StartAsync(store, settings: [("OTEL_RESOURCE_ATTRIBUTES", "a=b,service.instance.id=probe-7")]);
        Assert.Equal("probe-7", (await development.GetAsync("/none")).Header("X-Shop-Replica"));
        await using var production = await ProbeService.StartAsync(store, "Production");
        Assert.Null((await production.GetAsync("/none")).Header("X-Shop-Replica"));
    }

    [Fact]
    public async Task No_page_holds_a_style_or_script_that_the_policy_would_refuse()
    {
        await using var service = await ProbeService.StartAsync(store);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument((await service.GetAsync("/none", ("Accept", "text/html"))).Text);
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]), [onclick], [onload]"));
    }
}
