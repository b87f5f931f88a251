namespace ShopSession.Redis;

/// <summary>Keys that are used together lie on different slots of the cluster. Nothing was sent.</summary>
public sealed class RedisCrossSlotException : RedisException
{
    internal RedisCrossSlotException(string user, int first, int second)
        : base($"{user} uses keys on different slots of the Redis cluster ({first} and {second}), which one command or transaction cannot. "
            + "Give keys that are used together the same hash tag, the part of the name in braces, which alone decides the slot: "
            + "cart:{42}:lines and cart:{42}:owner lie together.")
    {
    }
}
