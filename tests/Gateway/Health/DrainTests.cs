using System.Net;
using Microsoft.AspNetCore.Http;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Health;

public sealed class DrainTests
{
    [Fact]
    public async Task The_only_replica_gets_nothing_new_while_it_drains_and_requests_wait_for_it_to_return()
    {
        await using var only = await new Backend("cart-1").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([only.Address], new() { ["Gateway:WaitForReplica"] = "00:00:30" });

        only.IsDraining = true;
        await gateway.UntilReadyAsync("cart", 0);
        var order = gateway.SendAsync(HttpMethod.Post, "/order", content: new StringContent("one"));
        var probes = only.Probes;
        await Eventually.HoldsAsync(() => only.Probes > probes + 3, "the replica is asked again");
        Assert.Empty(only.Requests);
        Assert.False(order.IsCompleted);

        only.IsDraining = false;
        using var answer = await order;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("one", only.Requests.Single().Body);
    }

    [Fact]
    public async Task Requests_under_way_at_a_draining_replica_are_finished_there()
    {
        await using var only = await new Backend("cart-1").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([only.Address]);
        var free = new TaskCompletionSource();
        only.Answer = async context =>
        {
            await free.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("finished", context.RequestAborted);
        };
        var underWay = gateway.GetStringAsync("/slow");
        await Eventually.HoldsAsync(() => only.Requests.Count == 1, "a request is under way");

        only.IsDraining = true;
        await gateway.UntilReadyAsync("cart", 0);
        free.SetResult();

        Assert.Equal("finished", await underWay);
        Assert.Single(only.Requests);
    }

    [Fact]
    public async Task A_probe_says_who_asks_and_the_last_one_that_it_was_the_last()
    {
        await using var replica = await new Backend("cart-1").StartAsync();
        var gateway = await GatewayHost.StartAsync([replica.Address]);
        Assert.True(replica.ProbesSaid.TryPeek(out var asked));

        await gateway.DisposeAsync();

        Assert.Matches($"^{GatewayHost.Key} [0-9a-f]{{32}};0\\.1$", asked);
        // A probe that the gateway gave up as it stopped may be read by the replica after it.
        Assert.Single(replica.ProbesSaid, said => said == asked.Replace(";0.1", ";leaving", StringComparison.Ordinal));
    }
}
