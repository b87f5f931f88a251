using ShopSession.Testing;

namespace ShopSession.Redis.Tests.NearCache;

/// <summary>Own writes are seen at once, whatever the server's messages do: this server sends none.</summary>
public sealed class OwnWriteTests : IAsyncDisposable
{
    private readonly ScriptedServer _server;
    private readonly RedisClient _client;
    private volatile string _value = "old";

    public OwnWriteTests()
    {
        _server = new ScriptedServer(Answer);
        var options = RedisClientOptions.Parse(_server.ConnectionString);
        options.CommandTimeout = TimeSpan.FromSeconds(10);
        options.NearCache.Prefixes.Add("s:");
        _client = new RedisClient(options);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int> Ways => [0, 1, 2, 3];

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_write_of_any_form_is_seen_by_the_next_read(int way)
    {
        Assert.Equal("old", await ReadAsync());
        await KeptAsync();
        await WriteAsync(way);
        Assert.False(_client.NearCache.TryGet<string>("c", out _));
        Assert.Equal("new", await ReadAsync());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_read_under_way_when_an_own_write_is_done_is_not_kept(int way)
    {
        await _client.PingAsync(Stop);
        var value = await _client.NearCache.GetOrReadAsync("c", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), replies =>
        {
            WriteAsync(way).Wait(Stop);
            return replies[0].AsString();
        }, Stop);
        Assert.Equal("old", value);
        Assert.False(_client.NearCache.TryGet<string>("c", out _));
        Assert.Equal("new", await ReadAsync());
    }

    [Fact]
    public async Task Reading_commands_leave_what_is_kept()
    {
        await ReadAsync();
        await _client.GetAsync("s:a", Stop);
        await _client.SetAsync("s:b", "1", cancellationToken: Stop);
        await KeptAsync();
        _client.NearCache.Invalidate([(RedisKey)"s:a"]);
        Assert.False(_client.NearCache.TryGet<string>("c", out _));
    }

    private ValueTask<string?> ReadAsync() => _client.NearCache.GetOrReadAsync(
        "c", ["s:a"], new RedisPipeline().Add("GET", (RedisKey)"s:a"), replies => replies[0].AsString(), Stop);

    private Task KeptAsync() =>
        Poll.UntilAsync(() => _client.NearCache.TryGet<string>("c", out _), TimeSpan.FromSeconds(15), "the value is served from memory", Stop);

    private async Task WriteAsync(int way)
    {
        switch (way)
        {
            case 0:
                await _client.SetAsync("s:a", "new", cancellationToken: Stop);
                break;
            case 1:
                await _client.ExecuteAsync(new RedisPipeline().Add("SET", (RedisKey)"s:a", "new"), Stop);
                break;
            case 2:
                await _client.ExecuteAsync(new RedisTransaction().Add("SET", (RedisKey)"s:a", "new"), Stop);
                break;
            default:
                await using (var watch = await _client.WatchAsync(["s:a"], Stop))
                    await watch.CommitAsync(new RedisTransaction().Add("SET", (RedisKey)"s:a", "new"), Stop);
                break;
        }
    }

    private string? Answer(string[] command)
    {
        if (command[0] == "SET") _value = command[2];
        return command[0] switch
        {
            "GET" => $"${_value.Length}\r\n{_value}\r\n",
            "EXEC" => "*1\r\n+OK\r\n",
            _ => null,
        };
    }
}
