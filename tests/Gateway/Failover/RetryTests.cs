using System.Net;
using System.Text;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Failover;

public sealed class RetryTests
{
    // Probes so rare that the gateway learns of a death from the request itself.
    private static Dictionary<string, string?> RareProbes => new() { ["Gateway:ProbeInterval"] = "00:01:00" };

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Requests_that_a_dead_replica_cannot_have_seen_go_to_another_and_arrive_once(string method)
    {
        await using var dead = await new Backend("cart-1").StartAsync();
        await using var alive = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([dead.Address, alive.Address], RareProbes);
        // Connections are kept to both before one dies.
        for (var i = 0; i < 4; i++) await gateway.GetStringAsync("/warm-up");
        alive.Requests.Clear();
        await dead.KillAsync();

        for (var i = 0; i < 6; i++)
        {
            using var answer = await gateway.SendAsync(new HttpMethod(method), $"/{i}", content: method == "GET" ? null : new StringContent($"body {i}"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"/{i}"), alive.Requests.Select(request => request.Path));
        if (method != "GET") Assert.Equal(Enumerable.Range(0, 6).Select(i => $"body {i}"), alive.Requests.Select(request => request.Body));
    }

    [Theory]
    [InlineData(Cut.Close)]
    [InlineData(Cut.Reset)]
    public async Task A_safe_request_that_was_cut_before_the_answer_is_sent_to_another_replica(object cut)
    {
        await using var dying = new CuttingBackend((Cut)cut);
        await using var alive = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([dying.Address, alive.Address], RareProbes);

        for (var i = 0; i < 4; i++) Assert.Equal("cart-2", await gateway.GetStringAsync($"/{i}"));

        Assert.True(dying.Received > 0);
    }

    // Without a body is the trap: the HTTP client repeats such a request by itself when a kept connection was closed.
    [Theory]
    [InlineData("POST", true, Cut.Close)]
    [InlineData("POST", true, Cut.Reset)]
    [InlineData("POST", false, Cut.Close)]
    [InlineData("POST", false, Cut.Reset)]
    [InlineData("DELETE", false, Cut.Close)]
    [InlineData("PUT", true, Cut.Close)]
    public async Task A_request_that_changes_something_is_sent_once_only_and_its_outcome_is_called_unknown(string method, bool body, object cut)
    {
        await using var dying = new CuttingBackend((Cut)cut, answersFirst: 1);
        await using var alive = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([dying.Address, alive.Address], RareProbes);
        // One answered request leaves a kept connection behind.
        await gateway.GetStringAsync("/warm-up");
        if (dying.Received == 0) await gateway.GetStringAsync("/warm-up");
        var before = dying.Received;
        var other = alive.Requests.Count;

        // Two in a row, so that one of them meets the dying replica.
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await gateway.SendAsync(new HttpMethod(method), "/change", content: body ? new StringContent("x=1") : null,
                configure: request => request.Headers.Add("Idempotency-Key", "3f8d"));
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.BadGateway)
                Assert.Contains("outcome-unknown", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Single(statuses, HttpStatusCode.BadGateway);
        Assert.Equal(1, dying.Received - before);
        Assert.Equal(1, alive.Requests.Count - other);
    }

    [Fact]
    public async Task A_request_that_kills_replicas_is_not_sent_to_all_of_them()
    {
        await using var one = new CuttingBackend(Cut.Reset);
        await using var two = new CuttingBackend(Cut.Reset);
        await using var three = new CuttingBackend(Cut.Reset);
        await using var four = new CuttingBackend(Cut.Reset);
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address, three.Address, four.Address], RareProbes);

        using var answer = await gateway.SendAsync(HttpMethod.Get, "/poison");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        // The HTTP client may itself repeat one on a kept connection; there is none here.
        Assert.Equal(3, one.Received + two.Received + three.Received + four.Received);
    }

    [Fact]
    public async Task A_large_body_is_not_cut_short_or_doubled_when_the_first_replica_is_dead()
    {
        await using var dead = await new Backend("cart-1").StartAsync();
        await using var alive = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([dead.Address, alive.Address], RareProbes);
        await dead.KillAsync();
        var text = new string('x', 1_000_000);

        for (var i = 0; i < 2; i++)
        {
            using var answer = await gateway.SendAsync(HttpMethod.Post, "/", content: new StringContent(text, Encoding.UTF8));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(2, alive.Requests.Count);
        Assert.All(alive.Requests, request => Assert.Equal(text.Length, request.Body.Length));
    }
}
