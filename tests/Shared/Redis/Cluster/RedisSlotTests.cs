using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Tests.Cluster;

public sealed class RedisSlotTests
{
    // From the cluster specification and CLUSTER KEYSLOT of a real server.
    [Theory]
    [InlineData("123456789", 12739)]
    [InlineData("foo", 12182)]
    [InlineData("", 0)]
    [InlineData("{user1000}.following", 3443)]
    [InlineData("user1000", 3443)]
    [InlineData("foo{}{bar}", 8363)]
    [InlineData("foo{{bar}}zap", 4015)]
    [InlineData("foo{bar}{zap}", 5061)]
    [InlineData("bar", 5061)]
    public void A_key_or_its_tag_decides_the_slot(string key, int slot) => Assert.Equal(slot, RedisSlot.Of(key));

    [Fact]
    public void Keys_on_several_slots_are_refused_with_how_to_tag_them()
    {
        var e = Assert.Throws<RedisCrossSlotException>(() => RedisSlot.Of(new RedisCommand("MGET", (RedisKey)"secret-a", (RedisKey)"secret-b")));
        Assert.Contains("MGET", e.Message, StringComparison.Ordinal);
        Assert.Contains("hash tag", e.Message, StringComparison.Ordinal);
        Assert.Contains("{42}", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
        var transaction = new RedisTransaction().Add("SET", (RedisKey)"a", "1").Add("SET", (RedisKey)"b", "1");
        Assert.Throws<RedisCrossSlotException>(() => RedisSlot.Of(new RedisPayload(transaction.Commands, atomic: true)));
        Assert.Equal(RedisSlot.Of("x"), RedisSlot.Of(new RedisCommand("MGET", (RedisKey)"{x}a", (RedisKey)"{x}b")));
        Assert.Equal(RedisSlot.None, RedisSlot.Of(new RedisCommand("PING")));
    }

    [Theory]
    [InlineData("MOVED 3999 127.0.0.1:6381", "Moved 3999 127.0.0.1:6381")]
    [InlineData("ASK 1 ::1:6381", "Ask 1 [::1]:6381")]
    [InlineData("MOVED 3999 :6381", "Moved 3999 :6381")]
    [InlineData("TRYAGAIN Multiple keys request during rehashing of slot", "TryAgain -1 :0")]
    [InlineData("CLUSTERDOWN Hash slot not served", "Down -1 :0")]
    [InlineData("LOADING Redis is loading the dataset in memory", "Down -1 :0")]
    [InlineData("MOVED x y", "None 0 :0")]
    [InlineData("MOVED 99999 h:1", "None 0 :0")]
    [InlineData("ERR other", "None 0 :0")]
    public void Redirections_are_read(string error, string meaning)
    {
        var redirection = RedisRedirection.Of(RedisReply.FromBytes(RedisReplyType.Error, System.Text.Encoding.UTF8.GetBytes(error)));
        var endPoint = redirection.EndPoint.Host is null ? ":0" : redirection.EndPoint.ToString();
        Assert.Equal(meaning, $"{redirection.Kind} {redirection.Slot} {endPoint}");
    }
}
