using System.Net;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Failover;

/// <summary>A replica that takes requests and never answers, neither them nor its probe.</summary>
public sealed class HungReplicaTests
{
    private static Dictionary<string, string?> Settings(string activityTimeout) => new()
    {
        ["Gateway:Balancing"] = "session-hash",
        ["Gateway:ProbeTimeout"] = "00:00:01.5",
        ["Gateway:ActivityTimeout"] = activityTimeout,
    };

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task What_may_be_repeated_goes_to_another_replica_long_before_the_time_limit(string method)
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        // Ten minutes: only the silence can end the wait.
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address], Settings("00:10:00"));
        var (home, other) = await HomeOfAsync(gateway, one, two);

        home.Hangs = true;
        using var answer = await gateway.SendAsync(new HttpMethod(method), configure: Somebody);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, home.Requests.Count);
        Assert.Single(other.Requests);
    }

    [Fact]
    public async Task What_changes_something_is_given_up_at_the_time_limit_and_never_sent_twice()
    {
        await using var one = await new Backend("cart-1").StartAsync();
        await using var two = await new Backend("cart-2").StartAsync();
        await using var gateway = await GatewayHost.StartAsync([one.Address, two.Address], Settings("00:00:02"));
        var (home, other) = await HomeOfAsync(gateway, one, two);

        home.Hangs = true;
        using var answer = await gateway.SendAsync(HttpMethod.Post, content: new StringContent("order"), configure: Somebody);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Empty(other.Requests);
    }

    private static void Somebody(HttpRequestMessage request) => request.Headers.Add("Cookie", "__Secure-shop.sid=somebody");

    private static async Task<(Backend Home, Backend Other)> HomeOfAsync(GatewayHost gateway, Backend one, Backend two)
    {
        using var answer = await gateway.SendAsync(HttpMethod.Get, configure: Somebody);
        return one.Requests.IsEmpty ? (two, one) : (one, two);
    }
}
