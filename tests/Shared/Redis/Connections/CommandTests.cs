namespace ShopSession.Redis.Tests.Connections;

public sealed class CommandTests : RedisTest
{
    [Fact]
    public async Task Commands_of_all_argument_kinds_come_back_as_they_went()
    {
        var client = Client();
        var binary = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        await client.ExecuteAsync(new RedisCommand("SET", new RedisKey("ключ"), binary), Stop);
        Assert.Equal(binary, (await client.ExecuteAsync(Get("ключ"), Stop)).AsBytes().ToArray());
        await client.ExecuteAsync(new RedisCommand("HSET", (RedisKey)"h", "number", -5L, "double", 0.1, "empty", ""), Stop);
        var hash = await client.ExecuteAsync(new RedisCommand("HGETALL", (RedisKey)"h"), Stop);
        Assert.Equal(RedisReplyType.Map, hash.Type);
        Assert.Equal(["number", "-5", "double", "0.1", "empty", ""], hash.Items.Select(item => item.AsString()));
        Assert.True((await client.ExecuteAsync(Get("none"), Stop)).IsNull);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Both_protocols_give_the_same_items(int protocol)
    {
        var client = Client(options => options.Protocol = protocol);
        await client.ExecuteAsync(new RedisCommand("HSET", (RedisKey)"h", "a", "1", "b", "2"), Stop);
        var reply = await client.ExecuteAsync(new RedisCommand("HGETALL", (RedisKey)"h"), Stop);
        Assert.Equal(["a", "1", "b", "2"], reply.Items.Select(item => item.AsString()));
    }

    [Fact]
    public async Task An_error_of_the_server_is_an_exception_with_its_code()
    {
        var client = Client();
        await client.ExecuteAsync(Set("s", "text"), Stop);
        var e = await Assert.ThrowsAsync<RedisServerException>(
            async () => await client.ExecuteAsync(new RedisCommand("HGET", (RedisKey)"s", "f"), Stop));
        Assert.Equal("WRONGTYPE", e.Code);
    }

    [Fact]
    public async Task A_pipeline_returns_each_reply_in_its_place()
    {
        var client = Client();
        var pipeline = new RedisPipeline().Add("SET", (RedisKey)"a", "1").Add("HGET", (RedisKey)"a", "f").Add("GET", (RedisKey)"a");
        var replies = await client.ExecuteAsync(pipeline, Stop);
        Assert.Equal("OK", replies[0].AsString());
        Assert.True(replies[1].IsError);
        Assert.Equal("1", replies[2].AsString());
        Assert.Empty(await client.ExecuteAsync(new RedisPipeline(), Stop));
    }

    [Fact]
    public async Task A_transaction_is_executed_as_a_whole_or_not_at_all()
    {
        var client = Client();
        var replies = await client.ExecuteAsync(new RedisTransaction().Add("INCR", (RedisKey)"n").Add("INCR", (RedisKey)"n"), Stop);
        Assert.Equal([1L, 2L], replies.Select(reply => reply.AsInt64()));
        var refused = new RedisTransaction().Add("INCR", (RedisKey)"n").Add("NOSUCHCOMMAND");
        var e = await Assert.ThrowsAsync<RedisServerException>(async () => await client.ExecuteAsync(refused, Stop));
        Assert.Contains("NOSUCHCOMMAND", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await client.ExecuteAsync(Get("n"), Stop)).AsInt64());
    }

    [Fact]
    public async Task Many_callers_share_one_connection_and_each_gets_its_own_reply()
    {
        var client = Client();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                var text = $"{caller}-{i}";
                Assert.Equal(text, (await client.ExecuteAsync(new RedisCommand("ECHO", text), Stop)).AsString());
            }
        })));
        // One for the client, one for the question itself.
        var clients = await Server.SendAsync("CLIENT", "LIST");
        Assert.Equal(2, clients.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Large_values_pass_beside_small_ones()
    {
        var client = Client();
        var large = new byte[20_000_000];
        Random.Shared.NextBytes(large);
        var set = client.ExecuteAsync(new RedisCommand("SET", (RedisKey)"large", large), Stop).AsTask();
        var small = client.ExecuteAsync(new RedisCommand("ECHO", "small"), Stop).AsTask();
        Assert.Equal("small", (await small).AsString());
        await set;
        Assert.Equal(large, (await client.ExecuteAsync(Get("large"), Stop)).AsBytes().ToArray());
    }

    [Fact]
    public async Task When_the_server_falls_behind_callers_wait_and_nothing_is_lost()
    {
        var (client, proxy) = ClientThroughProxy(options => options.MaxUnsentBytes = 64 * 1024);
        await client.ExecuteAsync(new RedisCommand("PING"), Stop);
        proxy.Delay(TimeSpan.FromMilliseconds(1));
        var value = new string('x', 10_000);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => client.ExecuteAsync(Set($"k{i}", value), Stop).AsTask()));
        Assert.Equal("300", await Server.SendAsync("DBSIZE"));
    }
}
