using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.NearCache;

/// <summary>What a write reads back is served from memory, as long as nobody has changed it since.</summary>
public sealed class WriteAndKeepTests : RedisTest
{
    [Fact]
    public async Task What_a_write_reads_back_is_served_until_another_client_changes_it()
    {
        var client = Tracking();
        for (var round = 1; round <= 20; round++)
        {
            Assert.Equal($"{round}", await WriteAsync(client, $"{round}"));
            // A sign of life may be on its way; what was kept is served when it was looked at.
            await Poll.UntilAsync(() => Near(client) == $"{round}", Limit, "what was written is near", Stop);
            await Server.SendAsync("SET", "s:a", $"-{round}");
            await Poll.UntilAsync(() => Near(client) is null, Limit, "the other's change is known", Stop);
            Assert.Equal($"-{round}", await ReadAsync(client));
        }
    }

    [Fact]
    public async Task A_change_that_comes_before_the_result_is_kept_keeps_it_out()
    {
        var client = Tracking();
        var value = await client.NearCache.WriteAndKeepAsync("s:a", ["s:a"], Transaction("mine"), replies =>
        {
            var before = client.NearCache.Statistics.Invalidations;
            Server.SendAsync("SET", "s:a", "theirs").Wait(Stop);
            SpinWait.SpinUntil(() => client.NearCache.Statistics.Invalidations > before, Limit);
            return replies[^1].AsString();
        }, Stop);
        Assert.Equal("mine", value);
        Assert.Null(Near(client));
        Assert.Equal("theirs", await ReadAsync(client));
    }

    [Fact]
    public async Task An_own_write_of_the_plain_kind_takes_away_what_was_kept()
    {
        var client = Tracking();
        await WriteAsync(client, "1");
        await client.SetAsync("s:a", "2", cancellationToken: Stop);
        Assert.Null(Near(client));
        await WriteAsync(client, "3");
        await client.ExecuteAsync(new RedisPipeline().Add("PING").Add("SET", (RedisKey)"s:a", "4"), Stop);
        Assert.Null(Near(client));
        await WriteAsync(client, "5");
        await client.ExecuteAsync(new RedisTransaction().Add("SET", (RedisKey)"s:a", "6"), Stop);
        Assert.Null(Near(client));
        await WriteAsync(client, "7");
        await using (var watch = await client.WatchAsync(["s:a"], Stop)) await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"s:a", "8"), Stop);
        Assert.Null(Near(client));
        Assert.Equal("8", await ReadAsync(client));
    }

    [Fact]
    public async Task A_null_result_and_keys_outside_the_prefixes_are_executed_and_not_kept()
    {
        var client = Tracking();
        Assert.Null(await client.NearCache.WriteAndKeepAsync("s:a", ["s:a"], Transaction("1"), static _ => (string?)null, Stop));
        Assert.Null(Near(client));
        var far = new RedisTransaction().Add("SET", (RedisKey)"other", "1").Add("GET", (RedisKey)"other");
        Assert.Equal("1", await client.NearCache.WriteAndKeepAsync("other", ["other"], far, static replies => replies[^1].AsString(), Stop));
        Assert.False(client.NearCache.TryGet<string>("other", out _));
        Assert.Equal(("1", "1"), (await client.GetStringAsync("s:a", Stop), await client.GetStringAsync("other", Stop)));
    }

    [Fact]
    public async Task A_refused_transaction_is_told_and_changes_nothing()
    {
        var client = Tracking();
        await WriteAsync(client, "1");
        var wrong = new RedisTransaction().Add("SET", (RedisKey)"s:a", "2").Add("NOSUCHCOMMAND", (RedisKey)"s:a");
        await Assert.ThrowsAsync<RedisServerException>(async () => await client.NearCache.WriteAndKeepAsync("s:a", ["s:a"], wrong, static replies => replies[0].AsString(), Stop));
        Assert.Equal("1", await ReadAsync(client));
    }

    /// <summary>Guards the order of replies and messages: a result kept at the wrong moment stays, and is wrong from then on.</summary>
    [Fact]
    public async Task After_any_crowd_of_writers_the_near_value_is_the_servers()
    {
        var (client, other) = (Tracking(), Client());
        var random = new Random(7);
        for (var round = 0; round < 150; round++)
        {
            var writers = Enumerable.Range(0, 6).Select(i => (random.Next(5), $"{round}.{i}")).Select(one => Task.Run(() => one.Item1 switch
            {
                0 or 1 => (Task)WriteAsync(client, one.Item2).AsTask(),
                2 => client.SetAsync("s:a", one.Item2, cancellationToken: Stop).AsTask(),
                3 => ReadAsync(client).AsTask(),
                _ => other.SetAsync("s:a", one.Item2, cancellationToken: Stop).AsTask(),
            }));
            await Task.WhenAll(writers);
            var truth = await other.GetStringAsync("s:a", Stop);
            await Poll.UntilAsync(async () => await ReadAsync(client) == truth && Near(client) == truth, Limit, string.Create(CultureInfo.InvariantCulture, $"round {round}: {truth} is near"), Stop);
        }
    }

    private static string? Near(RedisClient client) => client.NearCache.TryGet<string>("s:a", out var value) ? value : null;

    private static RedisTransaction Transaction(string value) => new RedisTransaction().Add("SET", (RedisKey)"s:a", value).Add("GET", (RedisKey)"s:a");

    private static ValueTask<string?> WriteAsync(RedisClient client, string value) =>
        client.NearCache.WriteAndKeepAsync("s:a", ["s:a"], Transaction(value), static replies => replies[^1].AsString(), Stop);

    private static ValueTask<string?> ReadAsync(RedisClient client) => client.NearCache.GetOrReadAsync(
        "s:a", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), static replies => replies[0].AsString(), Stop);

    private RedisClient Tracking() => Client(options =>
    {
        options.NearCache.Prefixes.Add("s:");
        options.NearCache.Lease = TimeSpan.FromSeconds(30);
        options.HeartbeatTimeout = TimeSpan.FromSeconds(20);
    });
}
