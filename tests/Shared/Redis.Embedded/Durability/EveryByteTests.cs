using System.Globalization;
using ShopSession.Redis.Embedded.Execution;
using ShopSession.Redis.Embedded.Persistence;
using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Durability;

/// <summary>A log with every kind of record, cut at each of its bytes and with each of its bits turned over.</summary>
public sealed class EveryByteTests : IDisposable
{
    private static readonly string[][][] Steps =
    [
        [["SET", "a", "1"]],
        [["HSET", "h", "f", "v", "g", ""], ["PEXPIRE", "h", "100000000"]],
        [["MULTI"], ["INCR", "a"], ["RPUSH", "l", "x", "y"], ["DEL", "h"], ["EXEC"]],
        [["SELECT", "3"], ["SADD", "s", "m"], ["SELECT", "0"]],
        [["ZADD", "z", "1.5", "m", "-inf", "n"], ["LPOP", "l"], ["SET", "bytes", "\0\r\n\xff"]],
        [["MULTI"], ["FLUSHDB"], ["SET", "a", "9"], ["SETEX", "e", "100000", "v"], ["EXEC"]],
        [["PERSIST", "e"], ["RENAME", "a", "b"]],
    ];

    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    private string Log => Path.Combine(_directory, "store.log");

    [Fact]
    public async Task Cut_at_any_byte_it_gives_the_whole_records_before_and_says_what_was_cut()
    {
        var (whole, states) = await WriteAsync();
        for (var length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(Log, whole.AsMemory(0, length), TestContext.Current.CancellationToken);
            var (state, reports) = Load();
            var end = states.Keys.Where(offset => offset <= Math.Max(length, LogFormat.HeaderSize)).Max();
            Assert.True(states[end] == state, $"cut at {length}: '{state}' instead of '{states[end]}'");
            Assert.Equal(length != end, reports.Count == 1);
            // The next start finds nothing to say.
            var (again, nothing) = Load();
            Assert.Equal(state, again);
            Assert.Empty(nothing);
        }
    }

    /// <summary>Guards against a bit of the file's first bytes that made the whole log pass for a torn tail: it was cut off without a question.</summary>
    [Fact]
    public async Task A_bit_turned_over_anywhere_is_noticed_and_cuts_at_most_the_last_record()
    {
        var (whole, states) = await WriteAsync();
        var lastRecord = states.Keys.Order().ElementAt(states.Count - 2);
        var (refused, cut) = (0, 0);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(Log, damaged, TestContext.Current.CancellationToken);
            try
            {
                var (state, reports) = Load();
                // A last record that is not whole looks like one that a power cut left unfinished.
                Assert.True(bit / 8 >= lastRecord, $"bit {bit} of byte {bit / 8} was not noticed");
                Assert.Equal(states[lastRecord], state);
                Assert.Contains("no whole record", Assert.Single(reports), StringComparison.Ordinal);
                cut++;
            }
            catch (StoreDataException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                Assert.Equal(damaged, await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken));
                refused++;
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{whole.Length} bytes: {refused} bits refused, {cut} in the last record cut");
    }

    [Fact]
    public async Task A_log_of_the_former_format_is_read()
    {
        var (whole, states) = await WriteAsync();
        "SHOPLOG1"u8.CopyTo(whole);
        await File.WriteAllBytesAsync(Log, whole, TestContext.Current.CancellationToken);
        Assert.Equal(states[whole.Length], Load().State);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>The log, and what the store holds after each of its records, by the offset of the record's end.</summary>
    private async Task<(byte[] Log, Dictionary<long, string> States)> WriteAsync()
    {
        var ends = new List<long> { LogFormat.HeaderSize };
        await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            foreach (var command in Steps.SelectMany(step => step))
            {
                Assert.False((await client.SendAsync(command)).IsError);
                var length = new FileInfo(Log).Length;
                if (length != ends[^1]) ends.Add(length);
            }
        }

        var whole = await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken);
        var states = new Dictionary<long, string>();
        foreach (var end in ends)
        {
            await File.WriteAllBytesAsync(Log, whole.AsMemory(0, (int)end), TestContext.Current.CancellationToken);
            states[end] = Load().State;
        }

        Assert.Equal(whole.Length, ends[^1]);
        Assert.Equal(ends.Count, states.Values.Distinct().Count());
        return (whole, states);
    }

    private (string State, List<string> Reports) Load()
    {
        var store = new Store(new StoreSettings(), TimeProvider.System);
        var reports = new List<string>();
        var executor = new SerialExecutor(() => { }, e => throw e);
        using (AppendLog.Open(store, executor, _directory, repair: false, reports.Add, TestContext.Current.CancellationToken)) return (StoreText.Of(store), reports);
    }
}
