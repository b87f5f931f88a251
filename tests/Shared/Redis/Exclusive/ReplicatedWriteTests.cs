using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Exclusive;

public sealed class ReplicatedWriteTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { IsReal = true };

    /// <summary>Guards the sum of time limits: it passed the end of time and lay in the past, or was longer than a timer can be.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(10_675_199)]
    public async Task Any_limit_may_be_given_for_the_wait(int days)
    {
        var replica = Own(await RedisServerProcess.StartAsync(ServerOptions, Stop));
        await replica.SendAsync("REPLICAOF", "127.0.0.1", $"{Server.Port}");
        var client = Client();
        var reply = await client.ExecuteReplicatedAsync(new RedisTransaction().Add("INCR", (RedisKey)"a"), 1, TimeSpan.FromDays(days), Stop);
        Assert.Equal((1, 1), (reply.Replies[0].AsInt64(), reply.Replicas));
    }
}
