using Microsoft.AspNetCore.Http;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Balancing.Hashing;

public sealed class HashPolicyTests
{
    public static TheoryData<string> Policies => ["ip-hash", "ip-hash-rendezvous", "session-hash", "session-hash-rendezvous"];

    [Theory]
    [InlineData("ip-hash")]
    [InlineData("ip-hash-rendezvous")]
    public async Task Everybody_behind_one_address_shares_a_replica(string policy)
    {
        await using var shop = await ThreeReplicas.StartAsync(policy);

        var replicas = await shop.AskAsync(60, user => request => request.Headers.Add("Cookie", $"__Secure-shop.sid=user-{user}"));

        Assert.Single(replicas.Distinct());
    }

    [Theory]
    [InlineData("session-hash")]
    [InlineData("session-hash-rendezvous")]
    public async Task Sessions_behind_one_address_spread_over_all_replicas_and_each_stays(string policy)
    {
        await using var shop = await ThreeReplicas.StartAsync(policy);
        Action<HttpRequestMessage> Cookie(int user) => request => request.Headers.Add("Cookie", $"other=1; __Secure-shop.sid=user-{user}");

        var first = await shop.AskAsync(60, Cookie);
        var again = await shop.AskAsync(60, Cookie);

        Assert.Equal(first, again);
        Assert.Equal(3, first.Distinct().Count());
        Assert.All(first.CountBy(name => name), share => Assert.InRange(share.Value, 8, 36));
    }

    [Theory]
    [InlineData("session-hash")]
    [InlineData("session-hash-rendezvous")]
    public async Task A_bearer_token_stands_for_its_session(string policy)
    {
        await using var shop = await ThreeReplicas.StartAsync(policy);
        Action<HttpRequestMessage> Token(int user) => request => request.Headers.Authorization = new("Bearer", $"token-{user}");

        var first = await shop.AskAsync(30, Token);

        Assert.Equal(first, await shop.AskAsync(30, Token));
        Assert.Equal(3, first.Distinct().Count());
    }

    [Theory]
    [InlineData("session-hash")]
    [InlineData("session-hash-rendezvous")]
    public async Task Without_a_session_requests_take_turns(string policy)
    {
        await using var shop = await ThreeReplicas.StartAsync(policy);

        var replicas = await shop.AskAsync(30, _ => _ => { });

        Assert.All(replicas.CountBy(name => name), share => Assert.Equal(10, share.Value));
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Real-IP")]
    [InlineData("Forwarded")]
    [InlineData("True-Client-IP")]
    public async Task A_claimed_address_chooses_no_replica(string header)
    {
        await using var shop = await ThreeReplicas.StartAsync("ip-hash");

        var replicas = await shop.AskAsync(40, user => request => request.Headers.Add(header, header == "Forwarded" ? $"for=10.0.0.{user}" : $"10.0.0.{user}"));

        Assert.Single(replicas.Distinct());
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task While_its_replica_is_down_a_client_stays_at_the_next_one_and_then_goes_home(string policy)
    {
        await using var shop = await ThreeReplicas.StartAsync(policy);
        Action<HttpRequestMessage> Client(int _) => request => request.Headers.Add("Cookie", "__Secure-shop.sid=somebody");
        var home = (await shop.AskAsync(1, Client)).Single();

        await shop[home].KillAsync();
        var away = await shop.AskAsync(12, Client);
        await shop[home].StartAsync();
        await shop.Gateway.UntilReadyAsync("cart", 3);

        Assert.Single(away.Distinct());
        Assert.NotEqual(home, away[0]);
        Assert.Equal([home], (await shop.AskAsync(12, Client)).Distinct());
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task A_replica_that_is_not_ready_moves_only_its_own_clients(string policy)
    {
        await using var shop = await ThreeReplicas.StartAsync(policy);
        Action<HttpRequestMessage> Cookie(int user) => request => request.Headers.Add("Cookie", $"__Secure-shop.sid=user-{user}");
        var before = await shop.AskAsync(40, Cookie);

        shop["cart-2"].Health = StatusCodes.Status503ServiceUnavailable;
        await shop.Gateway.UntilReadyAsync("cart", 2);
        var after = await shop.AskAsync(40, Cookie);

        Assert.DoesNotContain("cart-2", after);
        Assert.All(before.Zip(after).Where(pair => pair.First != "cart-2"), pair => Assert.Equal(pair.First, pair.Second));
    }
}
