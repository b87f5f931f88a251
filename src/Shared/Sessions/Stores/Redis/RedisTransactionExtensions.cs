using ShopSession.Redis;

namespace ShopSession.Sessions.Stores.Redis;

internal static class RedisTransactionExtensions
{
    /// <summary>Sets the fields given as field, value, field, value, …</summary>
    public static RedisTransaction AddHashSet(this RedisTransaction transaction, RedisKey key, List<RedisArgument> fields)
    {
        RedisArgument[] arguments = [key, .. fields];
        return transaction.Add("HSET", arguments);
    }
}
