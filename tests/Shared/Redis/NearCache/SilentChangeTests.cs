using System.Globalization;
using ShopSession.Testing;

namespace ShopSession.Redis.Tests.NearCache;

/// <summary>
/// With NOLOOP the server leaves out not only its messages about what this client changes, but all that happens while it serves a command of this client: it removes a key whose time is over, or one
/// that has to make room, says nothing, and forgets that the key was watched. What others wrote to it afterwards was never heard of.
/// </summary>
public sealed class SilentChangeTests : RedisTest
{
    protected override RedisServerOptions ServerOptions => new() { IsReal = true, Arguments = ["--enable-debug-command", "yes"] };

    public static TheoryData<string> Looks =>
    [
        "EXISTS s:a", "GET s:a", "TTL s:a", "PTTL s:a", "TYPE s:a", "HGETALL s:a", "HMGET s:a f g", "HGET s:a f", "STRLEN s:a", "SCARD s:a", "SMEMBERS s:a", "HSCAN s:a 0", "MGET s:a s:b", "OBJECT ENCODING s:a", "DUMP s:a",
        "SCAN 0", "KEYS *", "RANDOMKEY", "EVAL return(redis.call('get','s:a'))",
    ];

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task What_others_write_after_an_own_look_has_made_a_key_end_is_heard_of(string line)
    {
        var client = await KeptUntilItsEndAsync();
        await LookAsync(client, line);
        await Server.SendAsync("SET", "s:a", "new");
        await Poll.UntilAsync(async () => await ReadAsync(client) == "new", Limit, "what another client has written is read", Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_same_holds_for_looks_in_pipelines_and_transactions(bool atomic)
    {
        var client = await KeptUntilItsEndAsync();
        if (atomic) await client.ExecuteAsync(new RedisTransaction().Add("PING").Add("EXISTS", (RedisKey)"s:a"), Stop);
        else await client.ExecuteAsync(new RedisPipeline().Add("PING").Add("EXISTS", (RedisKey)"s:a"), Stop);
        await Server.SendAsync("SET", "s:a", "new");
        await Poll.UntilAsync(async () => await ReadAsync(client) == "new", Limit, "what another client has written is read", Stop);
    }

    /// <summary>Guards against a look at several keys: one of them was there, so the reply was taken to tell of all of them, also of the one that it had made end.</summary>
    [Theory]
    [InlineData("MGET s:a s:b")]
    [InlineData("mget s:b s:a")]
    [InlineData("EXISTS s:a s:b")]
    public async Task The_same_holds_for_a_key_that_is_looked_at_together_with_one_that_is_there(string line)
    {
        var client = await KeptUntilItsEndAsync();
        await client.SetAsync("s:b", "there", cancellationToken: Stop);
        await LookAsync(client, line);
        await Server.SendAsync("SET", "s:a", "new");
        await Poll.UntilAsync(async () => await ReadAsync(client) == "new", Limit, "what another client has written is read", Stop);
    }

    /// <summary>Guards the transactions that leave a copy: what their commands look at without naming it was not dropped.</summary>
    [Fact]
    public async Task The_same_holds_for_a_look_at_all_keys_in_a_transaction_that_leaves_a_copy()
    {
        var client = await KeptUntilItsEndAsync();
        var transaction = new RedisTransaction().Add("SCAN", "0").Add("GET", (RedisKey)"s:b");
        await client.NearCache.WriteAndKeepAsync("s:b", [(RedisKey)"s:b"], transaction, static _ => "kept", Stop);
        await Server.SendAsync("SET", "s:a", "new");
        await Poll.UntilAsync(async () => await ReadAsync(client) == "new", Limit, "what another client has written is read", Stop);
    }

    [Fact]
    public async Task What_others_write_after_an_own_write_has_pushed_a_key_out_is_heard_of()
    {
        await Server.SendAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        var client = Client(options => options.NearCache.Prefixes.Add("s:"));
        await ConnectedAsync(client);
        await Server.SendAsync("SET", "s:a", "old");
        await Poll.UntilAsync(async () => await ReadAsync(client) == "old" && client.NearCache.TryGet<string>("s:a", out _), Limit, "the value is kept", Stop);
        var used = (await Server.SendAsync("INFO", "memory")).Split("used_memory:")[1].Split('\r')[0];
        await Server.SendAsync("CONFIG", "SET", "maxmemory", $"{long.Parse(used, CultureInfo.InvariantCulture) + 2_000_000}");
        // Only this client says anything, or the server would push it out in another one's name.
        for (var i = 0; i < 2000; i++) await client.SetAsync($"other:{i}", new byte[50_000], cancellationToken: Stop);
        Assert.Equal("0", await Server.SendAsync("EXISTS", "s:a"));
        await Server.SendAsync("CONFIG", "SET", "maxmemory", "0");
        await Server.SendAsync("SET", "s:a", "new");
        await Poll.UntilAsync(async () => await ReadAsync(client) == "new", Limit, "what another client has written is read", Stop);
    }

    /// <summary>Guards against the one command that changes what keys hold and is told to nobody.</summary>
    [Fact]
    public async Task Nothing_is_served_of_a_database_that_this_client_has_put_in_the_place_of_another()
    {
        var client = Client(options => options.NearCache.Prefixes.Add("s:"));
        await ConnectedAsync(client);
        await Server.SendAsync("SET", "s:a", "old");
        await Poll.UntilAsync(async () => await ReadAsync(client) == "old" && client.NearCache.TryGet<string>("s:a", out _), Limit, "the value is kept", Stop);
        await client.ExecuteAsync("SWAPDB", ["0", "1"], Stop);
        Assert.Null(await ReadAsync(client));
    }

    private static ValueTask<string?> ReadAsync(RedisClient client) => client.NearCache.GetOrReadAsync(
        "s:a", [(RedisKey)"s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), static replies => replies[0].AsString(), Stop);

    // A client that has kept the key's value, whose time is over, and nobody has noticed.
    private async Task<RedisClient> KeptUntilItsEndAsync()
    {
        // So that it is certain who notices: the server does not look by itself.
        await Server.SendAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        var client = Client(options => options.NearCache.Prefixes.Add("s:"));
        await ConnectedAsync(client);
        var end = DateTimeOffset.UtcNow;
        await Poll.UntilAsync(
            async () =>
            {
                if (end <= DateTimeOffset.UtcNow) await SetAsync();
                return await ReadAsync(client) == "old" && client.NearCache.TryGet<string>("s:a", out _) && DateTimeOffset.UtcNow < end;
            },
            Limit, "the value is kept before its end", Stop);
        await Poll.UntilAsync(() => DateTimeOffset.UtcNow > end + TimeSpan.FromMilliseconds(5), Limit, "its time is over", Stop);
        Assert.Equal("1", await Server.SendAsync("DBSIZE"));
        return client;

        async Task SetAsync()
        {
            end = DateTimeOffset.UtcNow + TimeSpan.FromMilliseconds(300);
            await Server.SendAsync("SET", "s:a", "old", "PXAT", end.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task LookAsync(RedisClient client, string line)
    {
        var words = line.Split(' ');
        RedisArgument[] arguments = [.. words.Skip(1).Select(word => word.StartsWith("s:", StringComparison.Ordinal) ? (RedisArgument)new RedisKey(word) : word)];
        if (words[0] == "EVAL") arguments = [arguments[0], 0L];
        try
        {
            await client.ExecuteAsync(words[0], arguments, Stop);
        }
        catch (RedisServerException)
        {
            // "No such key" is an answer too.
        }
    }
}
