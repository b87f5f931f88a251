using System.Net;
using Microsoft.AspNetCore.Http;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Health;

public sealed class ReplicaHealthTests
{
    [Fact]
    public async Task A_dead_replica_is_out_after_one_failed_request_and_back_when_its_health_says_so()
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address], new() { ["Gateway:ProbeInterval"] = "00:01:00" });

        await one.KillAsync();
        for (var i = 0; i < 2; i++) Assert.Equal("cart-2", await gateway.GetStringAsync());
        Assert.Contains("cart: 1 of 2 ready", await gateway.HealthAsync(), StringComparison.Ordinal);

        one.Health = StatusCodes.Status503ServiceUnavailable;
        var probes = one.Probes;
        await one.StartAsync();
        await Eventually.HoldsAsync(() => one.Probes > probes + 1, "the replica is probed");
        for (var i = 0; i < 4; i++) Assert.Equal("cart-2", await gateway.GetStringAsync());

        one.Health = StatusCodes.Status200OK;
        await gateway.UntilReadyAsync("cart", 2);
        Assert.Equal(["cart-1", "cart-2"], new[] { await gateway.GetStringAsync(), await gateway.GetStringAsync() }.Order());
    }

    [Fact]
    public async Task A_draining_replica_gets_no_new_requests_and_finishes_those_under_way()
    {
        await using var draining = await new Backend("cart-1").StartAsync();
        await using var other = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([draining.Address, other.Address]);
        var free = new TaskCompletionSource();
        draining.Answer = async context =>
        {
            await free.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("finished", context.RequestAborted);
        };
        var underWay = Task.WhenAll(gateway.GetStringAsync("/a"), gateway.GetStringAsync("/b"));
        await Eventually.HoldsAsync(() => draining.Requests.Count == 1, "a request is under way");

        draining.Health = StatusCodes.Status503ServiceUnavailable;
        await gateway.UntilReadyAsync("cart", 1);
        for (var i = 0; i < 6; i++) Assert.Equal("cart-2", await gateway.GetStringAsync());
        free.SetResult();

        Assert.Contains("finished", await underWay);
        Assert.Single(draining.Requests);
    }

    [Fact]
    public async Task When_no_replica_is_ready_those_that_answer_are_still_used()
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address]);
        one.Health = two.Health = StatusCodes.Status503ServiceUnavailable;
        await gateway.UntilReadyAsync("cart", 0);

        Assert.Equal(["cart-1", "cart-2"], new[] { await gateway.GetStringAsync(), await gateway.GetStringAsync() }.Order());
    }

    [Fact]
    public async Task The_gateway_is_ready_only_when_every_service_has_a_ready_replica()
    {
        await using var shop = await Shop.StartAsync();
        using var ready = await shop.Gateway.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        shop.Cart.Health = StatusCodes.Status503ServiceUnavailable;
        await shop.Gateway.UntilReadyAsync("cart", 0);
        using var notReady = await shop.Gateway.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        using var alive = await shop.Gateway.Client.GetAsync("/alive", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
