namespace ShopSession.Web.Tests.Forwarding;

public sealed class ForwardingTests(StoreFixture store)
{
    private static readonly (string, string)[] FromGateway =
    [
        ("X-Shop-Gateway-Key", ProbeService.Key), ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "cart.shop.localhost:8080"),
    ];

    [Fact]
    public async Task The_gateway_is_believed()
    {
        await using var service = await ProbeService.StartAsync(store);
        var seen = (await service.GetAsync("/probe", FromGateway)).Json;
        Assert.Equal("203.0.113.7", (string)seen["address"]!);
        Assert.Equal("https", (string)seen["scheme"]!);
        Assert.Equal("cart.shop.localhost:8080", (string)seen["host"]!);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    [InlineData("a-key-that-only-the-gateway-know")]
    public async Task Others_are_not_and_what_they_claim_is_dropped(string? key)
    {
        await using var service = await ProbeService.StartAsync(store);
        var headers = FromGateway.Where(header => header.Item1 != "X-Shop-Gateway-Key").ToList();
        if (key is not null) headers.Add(("X-Shop-Gateway-Key", key));
        var seen = (await service.GetAsync("/probe", [.. headers])).Json;
        Assert.Equal("127.0.0.1", (string)seen["address"]!);
        Assert.Equal("http", (string)seen["scheme"]!);
        Assert.Equal("catalog.shop.localhost:8080", (string)seen["host"]!);
        Assert.Equal("", (string)seen["forwarded"]!);
    }

    [Fact]
    public async Task The_key_goes_no_further_than_the_check()
    {
        await using var service = await ProbeService.StartAsync(store);
        Assert.Equal("", (string)(await service.GetAsync("/probe", FromGateway)).Json["key"]!);
    }

    [Fact]
    public async Task Of_several_addresses_the_gateways_own_entry_counts()
    {
        await using var service = await ProbeService.StartAsync(store);
        var seen = (await service.GetAsync("/probe", ("X-Shop-Gateway-Key", ProbeService.Key), ("X-Forwarded-For", "198.51.100.1, 203.0.113.7"))).Json;
        Assert.Equal("203.0.113.7", (string)seen["address"]!);
    }

    [Fact]
    public async Task Internal_addresses_are_there_for_the_shops_services_alone()
    {
        await using var service = await ProbeService.StartAsync(store);
        Assert.Equal("inside", (await service.GetAsync("/internal/probe", ("X-Shop-Gateway-Key", ProbeService.Key), ("Host", "127.0.0.1:5000"))).Text);
        Assert.Equal("not-found", (await service.GetAsync("/internal/probe")).Problem(404));
        Assert.Equal("not-found", (await service.GetAsync("/INTERNAL/probe", ("X-Shop-Gateway-Key", "wrong"))).Problem(404));
    }

    [Theory]
    [InlineData("evil.test")]
    [InlineData("evil.shop.localhost:8080")]
    [InlineData("shop.localhost.evil.test")]
    [InlineData("shop.localhost.")]
    [InlineData("10.0.0.1")]
    public async Task Foreign_hosts_get_404_and_no_cookie(string host)
    {
        await using var service = await ProbeService.StartAsync(store);
        var reply = await service.GetAsync("/token", ("Host", host));
        Assert.Equal("not-found", reply.Problem(404));
        Assert.Null(reply.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Health_is_told_under_any_host_without_the_session(string path)
    {
        await using var service = await ProbeService.StartAsync(store, "Production");
        var reply = await service.GetAsync(path, ("Host", "10.1.2.3:80"));
        Assert.Equal(200, reply.Status);
        Assert.Equal("Healthy", (string)reply.Json["status"]!);
        Assert.Null(reply.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Outside_production_a_replica_can_be_opened_by_its_own_address()
    {
        await using var development = await ProbeService.StartAsync(store);
        Assert.Equal(200, (await development.GetAsync("/probe", ("Host", development.Url.Authority))).Status);
        await using var production = await ProbeService.StartAsync(store, "Production");
        Assert.Equal(404, (await production.GetAsync("/probe", ("Host", production.Url.Authority))).Status);
    }
}
