using System.Globalization;
using ShopSession.Sessions.Bench.Load;
using ShopSession.Sessions.Bench.Measuring;
using ShopSession.Sessions.Bench.Servers;
using ShopSession.Testing;

namespace ShopSession.Sessions.Bench;

/// <summary>The whole run: servers as processes, a private redis-server, and tables in Markdown.</summary>
internal static class SessionBenchmark
{
    /// <summary>The endpoint of every server that has no session.</summary>
    private const string Without = "/none";

    private static readonly (string Method, string Path)[] Kinds = [("GET", "/read"), ("POST", "/write")];

    public static async Task<int> RunAsync(BenchOptions options, TextWriter output)
    {
        await using var redis = await RedisServerProcess.StartAsync();
        var servers = new List<ServerProcess>();
        var loads = new Dictionary<Stack, LoadGenerator>();
        try
        {
            foreach (var stack in Stack.All)
            {
                var server = await ServerProcess.StartAsync(stack, redis.ConnectionString);
                servers.Add(server);
                loads[stack] = await LoadGenerator.StartAsync(server, options.Connections);
            }

            await WriteAsync(output, $"{Environment.ProcessorCount} cores, load average {LoadAverage()}, {options.Connections} connections, {options.Rounds} rounds of {options.Seconds} s per cell\n");
            await ReportAsync(output, await MeasureAsync(options, redis, loads, Stack.All));
            await ColdStartsAsync(output, redis, loads);
            var filler = servers.Find(server => server.Stack == Stack.SharedNear)!;
            foreach (var sessions in options.Sessions) await FillAsync(output, options, redis, loads, filler, sessions);
            return 0;
        }
        finally
        {
            foreach (var load in loads.Values) load.Dispose();
            foreach (var server in servers) await server.DisposeAsync();
        }
    }

    // Round by round through all stacks, so that what else the machine does falls on all.
    private static async Task<Dictionary<(Stack Stack, string Path), Cell>> MeasureAsync(
        BenchOptions options, RedisServerProcess redis, Dictionary<Stack, LoadGenerator> loads, IReadOnlyList<Stack> stacks)
    {
        var cells = stacks.SelectMany(stack => Kinds.Select(kind => (stack, kind.Path))).ToDictionary(static key => key, static _ => new Cell());
        foreach (var stack in stacks)
            foreach (var (method, path) in Kinds)
                foreach (var each in new[] { Without, path }) await loads[stack].RunAsync(method, each, options.WarmUp);
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var (method, path) in Kinds)
            {
                var baseline = 0.0;
                foreach (var stack in stacks)
                {
                    var own = await loads[stack].RunAsync(method, Without, options.Seconds);
                    var before = await StoreCounters.ReadAsync(redis);
                    var result = await loads[stack].RunAsync(method, path, options.Seconds);
                    if (stack == Stack.None) baseline = result.PerSecond;
                    cells[(stack, path)].Add(result, baseline, own.PerSecond, before, await StoreCounters.ReadAsync(redis));
                }
            }
        }

        return cells;
    }

    private static async Task ReportAsync(TextWriter output, Dictionary<(Stack Stack, string Path), Cell> cells)
    {
        await WriteAsync(output, $"| stack | request | requests/s | ratio | of its own | p50 ms | p99 ms | Redis commands | Redis bytes |");
        await WriteAsync(output, $"|---|---|---|---|---|---|---|---|---|");
        foreach (var ((stack, path), cell) in cells.OrderBy(static pair => pair.Key.Path))
        {
            await WriteAsync(
                output,
                $"| {stack.Title} | {path[1..]} | {cell.PerSecond:0} | {cell.Ratio:0.00} | {cell.OwnRatio:0.00} | {cell.P50:0.00} | {cell.P99:0.0} | {cell.CommandsPerRequest:0.0} | {cell.BytesPerRequest:0} |");
        }

        await WriteAsync(output, $"");
    }

    private static async Task ColdStartsAsync(TextWriter output, RedisServerProcess redis, Dictionary<Stack, LoadGenerator> loads)
    {
        foreach (var stack in new[] { Stack.SharedNear, Stack.Shared, Stack.Cache })
        {
            var (right, time) = await ColdStart.RunAsync(stack, redis.ConnectionString, [.. loads[stack].Cookies]);
            await WriteAsync(output, $"32 simultaneous first requests of a fresh process, session read without awaiting, {stack.Title}: {right} of 32 right, the last after {time.TotalMilliseconds:0} ms");
        }

        await WriteAsync(output, $"");
    }

    private static async Task FillAsync(
        TextWriter output, BenchOptions options, RedisServerProcess redis, Dictionary<Stack, LoadGenerator> loads, ServerProcess filler, int sessions)
    {
        foreach (var signedIn in new[] { false, true })
        {
            var before = await StoreCounters.ReadAsync(redis);
            using var connection = await BenchConnection.OpenAsync(filler.Address);
            var (seconds, _) = await connection.AskAsync(BenchConnection.Request("POST", $"/fill/{sessions}/{signedIn}", ""));
            var after = await StoreCounters.ReadAsync(redis);
            await WriteAsync(
                output,
                $"{sessions} {(signedIn ? "signed-in" : "anonymous")} sessions without attributes: {(double)(after.Memory - before.Memory) / sessions:0} bytes of Redis each, made in {seconds} s");
        }

        await WriteAsync(output, $"With {2 * sessions} sessions in the store:\n");
        await ReportAsync(output, await MeasureAsync(options with { Rounds = Math.Min(options.Rounds, 3), WarmUp = Math.Min(options.WarmUp, options.Seconds) }, redis, loads, [Stack.None, Stack.SharedNear, Stack.Shared]));
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static Task WriteAsync(TextWriter output, FormattableString line) => output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));
}
