namespace ShopSession.Redis.PubSub;

/// <summary>What is subscribed to: a channel by its name, or all channels that match a pattern.</summary>
internal readonly record struct RedisSubscriptionName(string Name, bool IsPattern)
{
    public RedisCommand Subscribe => IsPattern ? new RedisCommand("PSUBSCRIBE", Name) : new RedisCommand("SUBSCRIBE", Name);

    public RedisCommand Unsubscribe => IsPattern ? new RedisCommand("PUNSUBSCRIBE", Name) : new RedisCommand("UNSUBSCRIBE", Name);
}
