using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Promises.Bench.Shops;

/// <summary>How often the store ran the commands that sessions are made of, by its own count (<c>INFO commandstats</c>).</summary>
internal sealed record StoreCounts(long Reads, long Writes, long HashSets)
{
    public static async Task<StoreCounts> ReadAsync(RawRedis redis, CancellationToken cancellationToken)
    {
        var calls = (await redis.SendAsync(["INFO", "commandstats"], cancellationToken)).Split("\r\n")
            .Where(line => line.StartsWith("cmdstat_", StringComparison.Ordinal))
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0]["cmdstat_".Length..], pair => long.Parse(pair[1].Split("calls=")[1].Split(',')[0], CultureInfo.InvariantCulture));
        return new StoreCounts(calls.GetValueOrDefault("hgetall"), calls.GetValueOrDefault("exec"), calls.GetValueOrDefault("hset"));
    }

    public static StoreCounts operator -(StoreCounts after, StoreCounts before) => new(after.Reads - before.Reads, after.Writes - before.Writes, after.HashSets - before.HashSets);
}
