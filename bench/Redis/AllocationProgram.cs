using System.Diagnostics;
using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Redis.Bench;

/// <summary>Bytes that the process allocates per command over a real connection, and the time of a near-cache hit.</summary>
internal static class AllocationProgram
{
    private const int Rounds = 20_000;

    public static async Task<int> RunAsync()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var client = RedisClient.Create(server.ConnectionString);
        var key = new RedisKey("session:{u1}:0123456789abcdef");
        await client.SetAsync(key, new string('x', 100));
        var get = new RedisCommand("GET", key);
        var set = new RedisCommand("SET", key, new string('x', 100));
        var increment = new RedisCommand("INCR", (RedisKey)"n");
        await MeasureAsync("SET, command made once", () => client.ExecuteAsync(set));
        await MeasureAsync("INCR, command made once", () => client.ExecuteAsync(increment));
        await MeasureAsync("GET of 100 bytes, command made once", () => client.ExecuteAsync(get));
        await MeasureAsync("GET of 100 bytes, command made each time", () => client.ExecuteAsync(new RedisCommand("GET", key)));

        await using var caching = await NearCacheReader.ConnectAsync(server);
        MeasureHit(caching.NearCache);
        return 0;
    }

    private static async Task MeasureAsync(string name, Func<ValueTask<RedisReply>> command)
    {
        for (var i = 0; i < Rounds; i++) await command();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Rounds; i++) await command();
        var bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Rounds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-45} {bytes,8:0.0} bytes per command"));
    }

    private static void MeasureHit(IRedisNearCache cache)
    {
        const int Hits = 2_000_000;
        var best = double.MaxValue;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Hits; i++)
                if (!cache.TryGet<string>("s:a", out _)) throw new InvalidOperationException("A miss was measured.");
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / Hits);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"near-cache hit, best of 5 rounds               {best,8:0.0} ns, {bytes / (5.0 * Hits):0.000} bytes"));
    }
}
