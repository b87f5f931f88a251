using Microsoft.Extensions.DependencyInjection;
using ShopSession.Gateway.Tests.Support;
using Yarp.ReverseProxy;

namespace ShopSession.Gateway.Tests.Balancing;

public sealed class BalancingTests
{
    [Fact]
    public async Task Round_robin_gives_every_replica_exactly_its_share_of_the_requests_of_one_connection()
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        await using var three = await new Backend("cart-3").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address, three.Address]);

        var answers = new List<string>();
        for (var i = 0; i < 30; i++) answers.Add(await gateway.GetStringAsync());

        Assert.All(answers.GroupBy(name => name), share => Assert.Equal(10, share.Count()));
        Assert.Equal(3, answers.Distinct().Count());
        Assert.All(Enumerable.Range(0, 28), i => Assert.Equal(3, answers.Skip(i).Take(3).Distinct().Count()));
    }

    [Fact]
    public async Task Round_robin_stays_exact_under_simultaneous_requests()
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address]);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => gateway.GetStringAsync()));

        Assert.Equal(100, one.Requests.Count);
        Assert.Equal(100, two.Requests.Count);
    }

    [Fact]
    public async Task A_page_comes_from_another_replica_each_time_whatever_it_loads()
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address]);

        var pages = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            using var page = await gateway.SendAsync(HttpMethod.Get, configure: request => request.Headers.Add("Sec-Fetch-Dest", "document"));
            pages.Add(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            await gateway.GetStringAsync("/style.css");
        }

        Assert.Equal(3, pages.Count(name => name == "cart-1"));
        Assert.All(pages.Zip(pages.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(one.Requests.Count, two.Requests.Count);
    }

    [Fact]
    public async Task Least_requests_leaves_a_busy_replica_alone()
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address], new() { ["Gateway:Balancing"] = "least-requests" });
        var free = new TaskCompletionSource();
        foreach (var backend in new[] { one, two })
            backend.Answer = async context =>
            {
                if (context.Request.Path == "/slow") await free.Task.WaitAsync(context.RequestAborted);
                await context.Response.Body.WriteAsync("done"u8.ToArray(), context.RequestAborted);
            };

        var slow = gateway.GetStringAsync("/slow");
        await Eventually.HoldsAsync(() => one.Requests.Count + two.Requests.Count == 1, "the slow request has arrived");
        var busy = one.Requests.IsEmpty ? two : one;
        var proxy = gateway.Services.GetRequiredService<IProxyStateLookup>();
        for (var i = 0; i < 10; i++)
        {
            await gateway.GetStringAsync();
            // The answer is here a moment before the gateway counts its request as done; until then both replicas look equally busy.
            await Eventually.HoldsAsync(() => proxy.GetClusters().SelectMany(cluster => cluster.Destinations.Values).Sum(replica => replica.ConcurrentRequestCount) == 1, "only the slow request is under way");
        }


        Assert.Single(busy.Requests);
        free.SetResult();
        await slow;
    }
}
