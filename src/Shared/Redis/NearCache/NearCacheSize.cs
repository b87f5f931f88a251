using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.NearCache;

/// <summary>Estimates what an entry takes.</summary>
internal static class NearCacheSize
{
    // Entry, dictionary nodes and lists, as measured on 64 bit, roughly.
    private const int PerEntry = 250;
    private const int PerKey = 200;

    public static long Estimate(string cacheKey, string[] keys, RedisReply[] replies)
    {
        var size = PerEntry + (cacheKey.Length * 2L);
        foreach (var key in keys) size += PerKey + (key.Length * 2L);
        foreach (ref readonly var reply in replies.AsSpan()) size += Of(reply);
        return size;
    }

    private static long Of(in RedisReply reply)
    {
        long size = RespLimits.ItemCost;
        switch (reply.Type)
        {
            case RedisReplyType.Array or RedisReplyType.Map or RedisReplyType.Set:
                for (var i = 0; i < reply.Items.Count; i++) size += Of(reply.Items[i]);
                return size;
            case RedisReplyType.Null or RedisReplyType.Integer or RedisReplyType.Boolean or RedisReplyType.Double:
                return size;
            default:
                return size + reply.AsBytes().Length;
        }
    }
}
