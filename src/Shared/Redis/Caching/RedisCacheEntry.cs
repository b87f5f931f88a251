using Microsoft.Extensions.Caching.Distributed;

namespace ShopSession.Redis.Caching;

/// <summary>
/// The expiry of a cached entry in the layout of Microsoft's Redis cache: a hash with <c>absexp</c> and <c>sldexp</c> in ticks (of UTC
/// and of duration; -1: none) and the bytes in <c>data</c>.
/// </summary>
/// <param name="AbsoluteTicks">When the entry ends, in ticks of UTC; -1 for never.</param>
/// <param name="SlidingTicks">How long it lives after its last use, in ticks; -1 without limit.</param>
internal readonly record struct RedisCacheEntry(long AbsoluteTicks, long SlidingTicks)
{
    public const string AbsoluteField = "absexp";
    public const string SlidingField = "sldexp";
    public const string DataField = "data";
    private const long NotPresent = -1;

    public bool IsSliding => SlidingTicks != NotPresent;

    /// <exception cref="ArgumentOutOfRangeException">The entry would end in the past.</exception>
    public static RedisCacheEntry Of(DistributedCacheEntryOptions options, DateTimeOffset now)
    {
        var absolute = options.AbsoluteExpirationRelativeToNow is { } relative ? now + relative : options.AbsoluteExpiration;
        if (absolute <= now)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), absolute, "The absolute expiration must be in the future.");
        }

        return new(absolute?.UtcTicks ?? NotPresent, options.SlidingExpiration?.Ticks ?? NotPresent);
    }

    public static RedisCacheEntry Of(in RedisReply absolute, in RedisReply sliding) =>
        new(absolute.IsNull ? NotPresent : absolute.AsInt64(), sliding.IsNull ? NotPresent : sliding.AsInt64());

    /// <summary>How long the entry lives from now on if it is used now; null without limit. Not positive: it has ended.</summary>
    public TimeSpan? TimeLeft(DateTimeOffset now)
    {
        TimeSpan? absolute = AbsoluteTicks == NotPresent ? null : TimeSpan.FromTicks(AbsoluteTicks - now.UtcTicks);
        TimeSpan? sliding = SlidingTicks == NotPresent ? null : TimeSpan.FromTicks(SlidingTicks);
        return absolute is null || sliding < absolute ? sliding ?? absolute : absolute;
    }
}
