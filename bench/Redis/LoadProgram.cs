using System.Diagnostics;
using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Redis.Bench;

/// <summary>
/// Commands per second at 1, 32 and 256 callers, beside redis-benchmark with as many connections against the same server in the same
/// run. Rounds alternate, so that what else the machine does falls on both.
/// </summary>
internal static class LoadProgram
{
    private static readonly int[] Callers = [1, 32, 256];

    public static async Task<int> RunAsync(double seconds)
    {
        await using var server = await RedisServerProcess.StartAsync();
        await using var client = RedisClient.Create(server.ConnectionString);
        await client.SetAsync("bench", new string('x', 100));
        await client.SetAsync("large", new string('x', 100_000));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load average {LoadAverage()}, {seconds} s per cell, 100-byte values"));
        Console.WriteLine($"{"",-28}{"callers",8}{"client/s",12}{"redis-benchmark/s",20}{"share",8}{"p50 us",9}{"p99 us",9}");
        foreach (var callers in Callers)
        {
            await CompareAsync("GET", callers, seconds, 1, () => client.ExecuteAsync(Get), RedisBenchmark(server, callers, 1, "GET", "bench"));
            await CompareAsync("HSET", callers, seconds, 1, () => client.ExecuteAsync(HashSet), RedisBenchmark(server, callers, 1, "HSET", "hash", "field", Value));
            await CompareAsync("pipeline of 10 GET", callers, seconds, 10, () => PipelineAsync(client), RedisBenchmark(server, callers, 10, "GET", "bench"));
        }

        await CompareAsync("GET of 100 kB", 8, seconds, 1, () => client.ExecuteAsync(GetLarge), RedisBenchmark(server, 8, 1, "GET", "large"));
        return 0;
    }

    private static readonly string Value = new('x', 100);
    private static readonly RedisCommand Get = new("GET", (RedisKey)"bench");
    private static readonly RedisCommand GetLarge = new("GET", (RedisKey)"large");
    private static readonly RedisCommand HashSet = new("HSET", (RedisKey)"hash", "field", Value);
    private static readonly RedisPipeline TenGets = MakePipeline();

    private static RedisPipeline MakePipeline()
    {
        var pipeline = new RedisPipeline();
        for (var i = 0; i < 10; i++) pipeline.Append(Get);
        return pipeline;
    }

    private static async ValueTask<RedisReply> PipelineAsync(RedisClient client) => (await client.ExecuteAsync(TenGets))[0];

    private static async Task CompareAsync(
        string name, int callers, double seconds, int commands, Func<ValueTask<RedisReply>> call, Func<Task<double>> benchmark)
    {
        await DriveAsync(call, callers, Math.Min(1, seconds / 2), []);
        var latencies = new List<double>();
        var own = commands * await DriveAsync(call, callers, seconds / 2, latencies);
        var theirs = await benchmark();
        own = (own + (commands * await DriveAsync(call, callers, seconds / 2, latencies))) / 2;
        latencies.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-28}{callers,8}{own,12:0}{theirs,20:0}{own / theirs,8:0.00}{latencies[latencies.Count / 2],9:0}{latencies[latencies.Count * 99 / 100],9:0}"));
    }

    // Calls per second.
    private static async Task<double> DriveAsync(Func<ValueTask<RedisReply>> call, int callers, double seconds, List<double> latencies)
    {
        var started = Stopwatch.GetTimestamp();
        var end = TimeSpan.FromSeconds(seconds);
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var (count, own) = (0, new List<double>());
            while (Stopwatch.GetElapsedTime(started) < end)
            {
                var before = Stopwatch.GetTimestamp();
                await call();
                if (count++ % 16 == 0) own.Add(Stopwatch.GetElapsedTime(before).TotalMicroseconds);
            }

            lock (latencies) latencies.AddRange(own);
            return count;
        })));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static Func<Task<double>> RedisBenchmark(RedisServerProcess server, int connections, int pipeline, params string[] command) => async () =>
    {
        string[] arguments =
        [
            "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-c", connections.ToString(CultureInfo.InvariantCulture),
            "-n", (connections == 1 ? 40_000 : 150_000 * (pipeline > 1 ? 4 : 1)).ToString(CultureInfo.InvariantCulture),
            "-P", pipeline.ToString(CultureInfo.InvariantCulture), "--csv", .. command,
        ];
        using var process = Process.Start(new ProcessStartInfo("redis-benchmark", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var line = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        // The command itself may hold commas; the rate is the first field after it.
        return double.Parse(line[line.IndexOf("\",\"", StringComparison.Ordinal)..].Split('"', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    };

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
