using System.Globalization;
using System.Text;
using ShopSession.Redis.Embedded.Tests.Wire;
using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>A real redis-server and the embedded store, given the same commands by clients of the same names; every reply is compared.</summary>
internal sealed partial class DifferentialPair : IAsyncDisposable
{
    private readonly Dictionary<string, (RespClient Real, RespClient Embedded)> _clients = [];
    private readonly List<string> _history = [];
    private bool _wasRestarted;
    private readonly Dictionary<string, List<string>> _queued = [];
    private readonly List<string> _differences = [];
    private readonly RedisServerProcess _real;
    private readonly int _protocol;
    private readonly EmbeddedRedisOptions _options;

    private DifferentialPair(RedisServerProcess real, EmbeddedRedisServer embedded, EmbeddedRedisOptions options, int protocol) =>
        (_real, Embedded, _options, _protocol) = (real, embedded, options, protocol);

    public EmbeddedRedisServer Embedded { get; private set; }

    /// <summary>Skips the test where there is no redis-server.</summary>
    public static async Task<DifferentialPair> StartAsync(int protocol, EmbeddedRedisOptions? options = null)
    {
        var real = await RedisServerProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            var info = await real.SendAsync("INFO", "server");
            // Wording and number formats change between versions; the store follows this one.
            if (!info.Contains("redis_version:7.0.", StringComparison.Ordinal)) Assert.Skip("The server on the PATH is not Redis 7.0, whose replies the embedded store follows.");
            options ??= new EmbeddedRedisOptions();
            return new DifferentialPair(real, await EmbeddedRedisServer.StartAsync(options, TestContext.Current.CancellationToken), options, protocol);
        }
        catch
        {
            await real.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Runs lines such as <c>SET key "a b"</c> or, for another client, <c>b> GET key</c>. After each line every client is asked with PING,
    /// so that the messages it got are compared as well. <c>#</c> starts a comment.
    /// </summary>
    public async Task RunAsync(string script)
    {
        foreach (var line in script.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#')) continue;
            var mark = line.IndexOf("> ", StringComparison.Ordinal);
            var name = mark is > 0 and < 4 ? line[..mark] : "a";
            await RunAsync(name, CommandLineParser.Split(mark is > 0 and < 4 ? line[(mark + 2)..] : line));
            await ComparePushesAsync();
        }

        AssertSame();
    }

    /// <summary>Fails when there was any difference so far.</summary>
    public void AssertSame() => Assert.True(_differences.Count == 0, $"{_differences.Count} differences\n{string.Join("\n\n", _differences.Take(20))}");

    public async Task RunAsync(string client, string[] command)
    {
        var (real, embedded) = await ClientAsync(client);
        _history.Add($"{client}> {Shorten(command)}");
        if (_protocol == 3 && command[0].EndsWith("SUBSCRIBE", StringComparison.OrdinalIgnoreCase))
        {
            // Confirmed by messages alone, which are compared with the others.
            await real.WriteAsync(command);
            await embedded.WriteAsync(command);
            return;
        }

        var now = DateTimeOffset.UtcNow;
        var expected = await real.SendAsync(await ResolveAsync(command, isReal: true, now));
        var actual = await embedded.SendAsync(await ResolveAsync(command, isReal: false, now));
        Compare(client, command, expected, actual);
    }

    /// <summary>Sends commands at once and compares all that comes, replies and messages, in the order in which it comes.</summary>
    public async Task RunTogetherAsync(string client, IReadOnlyList<string[]> commands)
    {
        var (real, embedded) = await ClientAsync(client);
        _history.Add($"{client}> together: {string.Join("; ", commands.Select(Shorten))}");
        var now = DateTimeOffset.UtcNow;
        var (toReal, toEmbedded) = (new StringBuilder(), new StringBuilder());
        foreach (var command in commands)
        {
            toReal.Append(RespClient.Encode(await ResolveAsync(command, isReal: true, now)));
            toEmbedded.Append(RespClient.Encode(await ResolveAsync(command, isReal: false, now)));
        }

        await real.WriteRawAsync(toReal.ToString());
        await embedded.WriteRawAsync(toEmbedded.ToString());
        // Confirmed by messages alone.
        var answered = commands.Where(c => !c[0].EndsWith("SUBSCRIBE", StringComparison.OrdinalIgnoreCase)).ToList();
        var (expected, actual) = (await ReadAllAsync(real, answered.Count), await ReadAllAsync(embedded, answered.Count));
        var (expectedOrder, actualOrder) = (Order(expected), Order(actual));
        if (expectedOrder != actualOrder)
        {
            _differences.Add(Explain(_history[^1], expectedOrder, actualOrder));
            return;
        }

        expected.RemoveAll(v => v.IsPush);
        actual.RemoveAll(v => v.IsPush);
        for (var i = 0; i < answered.Count; i++) Compare(client, answered[i], expected[i], actual[i]);
    }

    /// <summary>Goes through a whole SCAN, HSCAN, SSCAN or ZSCAN on both servers and compares what it found.</summary>
    public async Task CompareScanAsync(string[] before, params string[] after)
    {
        var (real, embedded) = await ClientAsync("a");
        var size = before[0] is "HSCAN" or "ZSCAN" ? 2 : 1;
        var expected = await ScanAsync(real, before, after, size);
        var actual = await ScanAsync(embedded, before, after, size);
        Assert.True(expected.SetEquals(actual), Explain($"scan {string.Join(' ', before)}", string.Join(", ", expected.Order()), string.Join(", ", actual.Order())));
    }

    /// <summary>Compares everything that both servers hold in the first database.</summary>
    public async Task CompareContentAsync()
    {
        var (real, _) = await ClientAsync("a");
        await RunAsync("a", ["DBSIZE"]);
        await RunAsync("a", ["KEYS", "*"]);
        foreach (var key in (await real.SendAsync("KEYS", "*")).Items.Select(i => i.Text).ToList())
        {
            var type = (await real.SendAsync("TYPE", key)).Text;
            await RunAsync("a", ["TYPE", key]);
            await RunAsync("a", ["PTTL", key]);
            await RunAsync("a", ["OBJECT", "ENCODING", key]);
            await RunAsync("a", type switch
            {
                "string" => ["GET", key],
                "hash" => ["HGETALL", key],
                "list" => ["LRANGE", key, "0", "-1"],
                "set" => ["SMEMBERS", key],
                _ => ["ZRANGE", key, "0", "-1", "WITHSCORES"],
            });
        }

        AssertSame();
    }

    /// <summary>Stops the embedded store and starts it again on its data. Its clients are new ones afterwards.</summary>
    public async Task RestartEmbeddedAsync()
    {
        foreach (var (real, embedded) in _clients.Values)
        {
            await real.DisposeAsync();
            await embedded.DisposeAsync();
        }

        _clients.Clear();
        await Embedded.DisposeAsync();
        Embedded = await EmbeddedRedisServer.StartAsync(_options);
        _history.Add("(restart)");
        _wasRestarted = true;
    }

    public async Task<(RespClient Real, RespClient Embedded)> ClientAsync(string name)
    {
        if (_clients.TryGetValue(name, out var pair)) return pair;
        pair = (await RespClient.ConnectAsync(_real.Port, _protocol), await RespClient.ConnectAsync(Embedded.Port, _protocol));
        return _clients[name] = pair;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (real, embedded) in _clients.Values)
        {
            await real.DisposeAsync();
            await embedded.DisposeAsync();
        }

        await Embedded.DisposeAsync();
        await _real.DisposeAsync();
    }

    private static async Task<HashSet<string>> ScanAsync(RespClient client, string[] before, string[] after, int size)
    {
        var (found, cursor) = (new HashSet<string>(), "0");
        do
        {
            var reply = await client.SendAsync([.. before, cursor, .. after]);
            Assert.False(reply.IsError, reply.ToString());
            cursor = reply.Items[0].Text;
            foreach (var entry in reply.Items[1].Items.Chunk(size)) found.Add(string.Join('=', entry.Select(e => e.ToString())));
        }
        while (cursor != "0");
        return found;
    }

    /// <summary>{b.id} stands for the id of client b, {now+5000} for the time in milliseconds, {nows+5} for seconds.</summary>
    private async Task<string[]> ResolveAsync(string[] command, bool isReal, DateTimeOffset now)
    {
        var resolved = new string[command.Length];
        for (var i = 0; i < command.Length; i++)
        {
            resolved[i] = command[i];
            if (command[i] is ['{', .., '}'] && command[i].EndsWith(".id}", StringComparison.Ordinal))
            {
                var (real, embedded) = await ClientAsync(command[i][1..^4]);
                resolved[i] = (await (isReal ? real : embedded).SendAsync("CLIENT", "ID")).Text;
            }
            else if (command[i].StartsWith("{now", StringComparison.Ordinal))
            {
                var isSeconds = command[i][4] == 's';
                resolved[i] = ((isSeconds ? now.ToUnixTimeSeconds() : now.ToUnixTimeMilliseconds()) + long.Parse(command[i][(isSeconds ? 5 : 4)..^1], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
            }
        }

        return resolved;
    }
}
