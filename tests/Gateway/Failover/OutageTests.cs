using System.Net;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Failover;

public sealed class OutageTests
{
    [Fact]
    public async Task When_all_replicas_are_gone_the_answer_is_503_with_retry_after_and_a_problem()
    {
        await using var only = await new Backend("cart-1").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([only.Address], new() { ["Gateway:WaitForReplica"] = "00:00:00.2" });
        await only.KillAsync();

        using var answer = await gateway.SendAsync(HttpMethod.Get);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"type\":\"https://shop.localhost/problems/service-unavailable\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_gets_a_page_that_tries_again_by_itself()
    {
        await using var only = await new Backend("cart-1").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([only.Address], new() { ["Gateway:WaitForReplica"] = "00:00:00" });
        await only.KillAsync();

        using var answer = await gateway.SendAsync(HttpMethod.Get, configure: request => request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8"));

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("http-equiv=\"refresh\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_request_that_nobody_has_seen_waits_for_a_replica_to_come_back(string method)
    {
        await using var only = await new Backend("cart-1").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([only.Address], new() { ["Gateway:WaitForReplica"] = "00:00:20" });
        await only.KillAsync();

        var waiting = gateway.SendAsync(new HttpMethod(method), "/late", content: method == "POST" ? new StringContent("kept") : null);
        await gateway.UntilReadyAsync("cart", 0);
        Assert.False(waiting.IsCompleted);
        await only.StartAsync();
        using var answer = await waiting;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(method == "POST" ? "kept" : "", only.Requests.Single().Body);
    }

    [Fact]
    public async Task A_visitor_does_not_notice_that_all_replicas_are_killed_one_after_the_other()
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address], new() { ["Gateway:WaitForReplica"] = "00:00:20" });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var visiting = Task.Run(
            async () =>
            {
                var statuses = new List<HttpStatusCode>();
                while (!over.IsCancellationRequested)
                {
                    using var answer = await gateway.SendAsync(statuses.Count % 2 == 0 ? HttpMethod.Get : HttpMethod.Head);
                    statuses.Add(answer.StatusCode);
                }
                return statuses;
            },
            CancellationToken.None);

        for (var round = 0; round < 3; round++)
        {
            foreach (var backend in new[] { one, two })
            {
                await backend.KillAsync();
                await backend.StartAsync();
                await gateway.UntilReadyAsync("cart", 2);
            }
        }
        await over.CancelAsync();
        var seen = await visiting;

        Assert.All(seen, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.True(seen.Count > 10);
    }
}
