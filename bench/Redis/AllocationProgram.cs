using System.Diagnostics;
using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Redis.Bench;

/// <summary>Bytes that the process allocates per command over a real connection, and the time of a near-cache hit.</summary>
internal static class AllocationProgram
{
    private const int Rounds = 32_000;

    public static async Task<int> RunAsync()
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var client = RedisClient.Create(server.ConnectionString);
        var key = new RedisKey("session:{u1}:0123456789abcdef");
        await client.SetAsync(key, new string('x', 100));
        var text = new string('x', 100);
        var get = new RedisCommand("GET", key);
        Console.WriteLine($"{"bytes per command",-45} {"1 caller",10} {"32 callers",10}");
        await MeasureAsync("PingAsync", () => client.PingAsync());
        await MeasureAsync("SetAsync", () => client.SetAsync(key, text));
        await MeasureAsync("HashSetAsync", () => client.HashSetAsync("hash", "field", text));
        await MeasureAsync("HashIncrementAsync", () => client.HashIncrementAsync("hash", "n"));
        await MeasureAsync("GetAsync of 100 bytes", () => client.GetAsync(key));
        await MeasureAsync("HashGetAsync of 100 bytes", () => client.HashGetAsync("hash", "field"));
        await MeasureAsync("GET of 100 bytes, command made once", () => client.ExecuteAsync(get));
        await MeasureAsync("GET of 100 bytes, command made each time", () => client.ExecuteAsync(new RedisCommand("GET", key)));
        await MeasureAsync("SET, command made each time", () => client.ExecuteAsync(new RedisCommand("SET", key, text)));
        Console.WriteLine($"Of these, {Value(100)} bytes are the value of 100 bytes that the caller gets.");

        await using var caching = await NearCacheReader.ConnectAsync(server);
        MeasureHit(caching.NearCache);
        return 0;
    }

    private static async Task MeasureAsync<T>(string name, Func<ValueTask<T>> command) => Print(
        name,
        await RunAsync(1, async rounds =>
        {
            for (var i = 0; i < rounds; i++) await command();
        }),
        await RunAsync(32, async rounds =>
        {
            for (var i = 0; i < rounds; i++) await command();
        }));

    private static async Task MeasureAsync(string name, Func<ValueTask> command) => Print(
        name,
        await RunAsync(1, async rounds =>
        {
            for (var i = 0; i < rounds; i++) await command();
        }),
        await RunAsync(32, async rounds =>
        {
            for (var i = 0; i < rounds; i++) await command();
        }));

    private static async Task<double> RunAsync(int callers, Func<int, Task> loop)
    {
        await CallAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await CallAsync();
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Rounds;

        Task CallAsync() => Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => loop(Rounds / callers))));
    }

    private static void Print(string name, double one, double many) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-45} {one,10:0.0} {many,10:0.0}"));

    private static int Value(int length)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new byte[length]);
        return (int)(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void MeasureHit(IRedisNearCache cache)
    {
        const int Hits = 1_000_000;
        var (best, missed) = (double.MaxValue, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 5; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Hits; i++)
                if (!cache.TryGet<string>("s:a", out _)) missed++;
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds / Hits);
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"near-cache hit, best of 5 rounds               {best,8:0.0} ns, {bytes / (5.0 * Hits):0.000} bytes, {missed} of {5 * Hits} were misses"));
    }
}
