using System.Diagnostics;
using System.Globalization;

namespace ShopSession.Redis.Embedded.Tests.Tools;

public sealed class RedisToolTests
{
    [Fact]
    public async Task Redis_cli_talks_to_it()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal("OK", await RunAsync("redis-cli", server.Port, "SET", "greeting", "hello world"));
        Assert.Equal("\"hello world\"", await RunAsync("redis-cli", server.Port, "--no-raw", "GET", "greeting"));
        Assert.Equal("1) \"a\"\n2) (double) 1.5", await RunAsync("redis-cli", server.Port, "-3", "--no-raw", "ZPOPMIN", await AddAsync(server.Port)));
        Assert.Contains("redis_version:7.0.15", await RunAsync("redis-cli", server.Port, "INFO", "server"), StringComparison.Ordinal);
        Assert.Contains("greeting", await RunAsync("redis-cli", server.Port, "--scan"), StringComparison.Ordinal);
        Assert.Contains("get", await RunAsync("redis-cli", server.Port, "COMMAND", "DOCS"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redis_benchmark_runs_against_it()
    {
        await using var server = await EmbeddedRedisServer.StartAsync(new(), TestContext.Current.CancellationToken);
        var output = await RunAsync("redis-benchmark", server.Port, "-q", "-n", "500", "-c", "20", "-P", "4", "--csv");
        foreach (var test in (string[])["PING_INLINE", "SET", "GET", "INCR", "LPUSH", "RPOP", "SADD", "HSET", "SPOP", "ZADD", "ZPOPMIN", "LRANGE_600 (first 600 elements)", "MSET (10 keys)"])
            Assert.Contains($"\"{test}\"", output, StringComparison.Ordinal);
    }

    private static async Task<string> AddAsync(int port)
    {
        await RunAsync("redis-cli", port, "ZADD", "z", "1.5", "a");
        return "z";
    }

    private static async Task<string> RunAsync(string tool, int port, params string[] arguments)
    {
        var start = new ProcessStartInfo(tool) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-p", port.ToString(CultureInfo.InvariantCulture), .. arguments]) start.ArgumentList.Add(argument);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{tool} is not on the PATH. Install it (Debian: redis-tools) to run this test.");
            throw;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output + await errors);
            return output.Trim();
        }
    }
}
