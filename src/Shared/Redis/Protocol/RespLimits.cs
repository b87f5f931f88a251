namespace ShopSession.Redis.Protocol;

/// <summary>What the parser accepts at most, so that a hostile or broken peer cannot exhaust memory or stack.</summary>
/// <param name="MaxReplyBytes">Bytes of one whole reply, counting <see cref="ItemCost"/> for each value in it.</param>
/// <param name="MaxDepth">Aggregates within aggregates.</param>
/// <param name="MaxLineBytes">A simple string, an error or a length.</param>
internal sealed record RespLimits(long MaxReplyBytes = RespLimits.DefaultMaxReplyBytes, int MaxDepth = 32, int MaxLineBytes = 64 * 1024)
{
    public const long DefaultMaxReplyBytes = 128L * 1024 * 1024;

    /// <summary>The size of a <see cref="RedisReply"/> in an array.</summary>
    public const int ItemCost = 24;
}
