using ShopSession.Testing;

namespace ShopSession.Redis.Tests.Commands;

public sealed class ScriptTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { IsReal = true };

    private static readonly RedisScript Script = new("return redis.call('INCRBY', KEYS[1], ARGV[1])");

    [Fact]
    public async Task A_script_is_loaded_when_the_server_does_not_know_it_and_runs_exactly_once()
    {
        var client = Client();
        Assert.Equal(5, (await client.EvaluateAsync(Script, new RedisKey[] { "n" }, new RedisArgument[] { 5L }, Stop)).AsInt64());
        Assert.Equal(10, (await client.EvaluateAsync(Script, new RedisKey[] { "n" }, new RedisArgument[] { 5L }, Stop)).AsInt64());
        await client.ExecuteAsync(new RedisCommand("SCRIPT", "FLUSH"), Stop);
        Assert.Equal(15, (await client.EvaluateAsync(Script, new RedisKey[] { "n" }, new RedisArgument[] { 5L }, Stop)).AsInt64());
        var statistics = await Server.SendAsync("INFO", "commandstats");
        Assert.Contains("cmdstat_eval:calls=2", statistics, StringComparison.Ordinal);
        Assert.Contains("cmdstat_evalsha:calls=3", statistics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_script_is_an_error_and_not_run_again()
    {
        var client = Client();
        var failing = new RedisScript("redis.call('INCR', KEYS[1]); return redis.error_reply('MINE it failed')");
        for (var i = 0; i < 2; i++)
        {
            var e = await Assert.ThrowsAsync<RedisServerException>(
                async () => await client.EvaluateAsync(failing, new RedisKey[] { "n" }, default, Stop));
            Assert.Equal("MINE", e.Code);
        }

        Assert.Equal("2", await client.GetStringAsync("n", Stop));
    }

    [Fact]
    public async Task The_typed_commands_do_what_they_say()
    {
        var client = Client();
        await client.SetAsync("a", "1", TimeSpan.FromMinutes(1), Stop);
        Assert.InRange((await client.TimeToLiveAsync("a", Stop))!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        Assert.False(await client.SetIfAbsentAsync("a", "2", TimeSpan.FromMinutes(1), Stop));
        Assert.True(await client.SetIfAbsentAsync("b", "2", TimeSpan.FromMinutes(1), Stop));
        Assert.Equal(4, await client.IncrementAsync("a", 3, Stop));
        Assert.Equal("4"u8.ToArray(), await client.GetAsync("a", Stop));
        Assert.True(await client.ExpireAsync("a", TimeSpan.FromMinutes(2), Stop));
        Assert.True(await client.ExistsAsync("a", Stop));
        Assert.True(await client.DeleteAsync("a", Stop));
        Assert.False(await client.DeleteAsync("a", Stop));
        Assert.Null(await client.GetAsync("a", Stop));
        Assert.Null(await client.TimeToLiveAsync("a", Stop));
        Assert.True(await client.HashSetAsync("h", "f", "1", Stop));
        Assert.Equal(3, await client.HashIncrementAsync("h", "f", 2, Stop));
        Assert.Equal("3"u8.ToArray(), await client.HashGetAsync("h", "f", Stop));
        Assert.Equal("3"u8.ToArray(), Assert.Single(await client.HashGetAllAsync("h", Stop)).Value);
        Assert.True(await client.HashDeleteAsync("h", "f", Stop));
        Assert.Empty(await client.HashGetAllAsync("h", Stop));
    }

    /// <summary>Guards a script that has written and answers with an error of its own that begins like the server's: it was run a second time.</summary>
    [Fact]
    public async Task An_error_of_its_own_that_looks_like_an_unknown_script_does_not_run_it_again()
    {
        var client = Client();
        var script = new RedisScript("redis.call('INCR', KEYS[1]) return {err='NOSCRIPT mine'}");
        for (var run = 1; run <= 2; run++)
        {
            await Assert.ThrowsAsync<RedisServerException>(async () => await client.EvaluateAsync(script, new RedisKey[] { "n" }, Array.Empty<RedisArgument>(), Stop));
            Assert.Equal($"{run}", await Server.SendAsync("GET", "n"));
        }
    }
}
