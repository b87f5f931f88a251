using System.Text;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.PubSub;

public sealed class SubscriptionTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { IsReal = true };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Messages_arrive_in_order_at_every_subscriber_of_their_channel(int protocol)
    {
        var client = Client(options => options.Protocol = protocol);
        await using var first = await client.SubscribeAsync("news", Stop);
        await using var second = await client.SubscribeAsync("news", Stop);
        await using var other = await client.SubscribeAsync("other", Stop);
        for (var i = 0; i < 100; i++) Assert.Equal(1, await client.PublishAsync("news", $"{i}", Stop));
        await client.PublishAsync("other", "end", Stop);
        var expected = Enumerable.Range(0, 100).Select(i => $"{i}");
        Assert.Equal(expected, await TakeAsync(first, 100));
        Assert.Equal(expected, await TakeAsync(second, 100));
        Assert.Equal(["end"], await TakeAsync(other, 1));
    }

    [Fact]
    public async Task After_the_last_subscriber_has_gone_the_server_sends_nothing_more()
    {
        var client = Client();
        var first = await client.SubscribeAsync("news", Stop);
        var second = await client.SubscribeAsync("news", Stop);
        await first.DisposeAsync();
        Assert.Equal(1, await client.PublishAsync("news", "1", Stop));
        Assert.Equal(["1"], await TakeAsync(second, 1));
        await second.DisposeAsync();
        Assert.Equal(0, await client.PublishAsync("news", "2", Stop));
    }

    [Fact]
    public async Task A_subscription_is_renewed_after_the_connection_broke()
    {
        var (client, proxy) = ClientThroughProxy();
        await using var subscription = await client.SubscribeAsync("news", Stop);
        proxy.Reset();
        var taking = TakeAsync(subscription, 1);
        // Again and again: the server may still count the subscriber whose connection has broken, and what goes there is lost.
        await Poll.UntilAsync(
            async () =>
            {
                await Server.SendAsync("PUBLISH", "news", "again");
                return taking.IsCompleted;
            },
            Limit, "the subscription is back", Stop);
        Assert.Equal(["again"], await taking);
    }

    [Fact]
    public async Task A_channel_that_the_user_may_not_read_is_refused_and_others_go_on()
    {
        await Server.SendAsync("ACL", "SETUSER", "limited", "on", ">secret", "~*", "+@all", "resetchannels", "&news");
        var client = Client(connectionString: $"127.0.0.1:{Server.Port},user=limited,password=secret");
        await Assert.ThrowsAsync<RedisServerException>(async () => await client.SubscribeAsync("hidden", Stop));
        await using var subscription = await client.SubscribeAsync("news", Stop);
        await client.PublishAsync("news", "1", Stop);
        Assert.Equal(["1"], await TakeAsync(subscription, 1));
    }

    private static async Task<List<string>> TakeAsync(IRedisSubscription subscription, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Limit);
        var taken = new List<string>();
        await foreach (var message in subscription.ReadAllAsync(limit.Token))
        {
            taken.Add(Encoding.UTF8.GetString(message.Span));
            if (taken.Count == count) break;
        }

        return taken;
    }
}
