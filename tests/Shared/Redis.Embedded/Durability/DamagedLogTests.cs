using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Processes;
using ShopSession.Redis.Embedded.Tests.Wire;

namespace ShopSession.Redis.Embedded.Tests.Durability;

public sealed class DamagedLogTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    private string Log => Path.Combine(_directory, "store.log");

    [Fact]
    public async Task Torn_at_any_byte_of_its_last_record_it_goes_on_after_the_one_before()
    {
        var sizes = await WriteAsync(3);
        var whole = await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken);
        for (var length = sizes[1]; length < sizes[2]; length++)
        {
            await File.WriteAllBytesAsync(Log, whole.AsMemory(0, (int)length), TestContext.Current.CancellationToken);
            var reports = new List<string>();
            await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory, Report = reports.Add }, TestContext.Current.CancellationToken))
            {
                await using var client = await RespClient.ConnectAsync(server.Port);
                Assert.Equal("2", (await client.SendAsync("DBSIZE")).Text);
                Assert.Equal("OK", (await client.SendAsync("SET", "after", "v")).Text);
            }

            Assert.Equal(length > sizes[1], reports.Exists(r => r.Contains("no whole record", StringComparison.Ordinal)));
            await using var again = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
            Assert.Equal(3, again.LoadedKeys);
        }
    }

    [Fact]
    public async Task Torn_anywhere_a_transaction_is_there_as_a_whole_or_not_at_all()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            foreach (var command in (string[][])[["MULTI"], ["SET", "a", "1"], ["SET", "b", "1"], ["SET", "c", "1"], ["EXEC"]]) await client.SendAsync(command);
        }

        var whole = await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken);
        for (var length = 16; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(Log, whole.AsMemory(0, length), TestContext.Current.CancellationToken);
            await using var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
            Assert.Equal(length == whole.Length ? 3 : 0, server.LoadedKeys);
        }
    }

    [Fact]
    public async Task A_tail_of_zeros_or_of_garbage_is_cut()
    {
        var sizes = await WriteAsync(3);
        var whole = await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken);
        foreach (var tail in (byte[][])[new byte[5000], [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 31))]])
        {
            await File.WriteAllBytesAsync(Log, [.. whole, .. tail], TestContext.Current.CancellationToken);
            await using var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
            Assert.Equal(3, server.LoadedKeys);
            Assert.Equal(sizes[2], new FileInfo(Log).Length);
        }
    }

    [Fact]
    public async Task Damage_before_whole_records_is_an_error_that_names_the_place()
    {
        var sizes = await WriteAsync(5);
        var whole = await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken);
        for (var at = sizes[0]; at < sizes[1]; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x40;
            await File.WriteAllBytesAsync(Log, damaged, TestContext.Current.CancellationToken);
            var error = await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken));
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"is damaged at offset {sizes[0]}"), error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.Equal(whole.Length, new FileInfo(Log).Length);
    }

    [Fact]
    public async Task Damage_is_one_line_and_an_exit_code_and_repair_goes_on_before_it()
    {
        var sizes = await WriteAsync(5);
        var bytes = await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken);
        bytes[sizes[2] + 14] ^= 1;
        await File.WriteAllBytesAsync(Log, bytes, TestContext.Current.CancellationToken);
        var (code, errors) = await EmbeddedProcess.RunAsync("--port", "0", "--dir", _directory);
        Assert.Equal(1, code);
        Assert.Contains("--repair", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);

        await using var process = await EmbeddedProcess.StartAsync("--dir", _directory, "--repair");
        await using var client = await process.ConnectAsync();
        Assert.Equal("3", (await client.SendAsync("DBSIZE")).Text);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_directory, "store.log.damaged-*")), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bytes_that_look_like_a_record_inside_a_value_deceive_nobody()
    {
        await WriteAsync(1);
        var record = (await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken))[16..];
        await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            await client.SendAsync("SET", "trap", System.Text.Encoding.Latin1.GetString([.. record, .. record]));
        }

        // The record with the trap is torn: what it carries must not count as a whole record behind the damage.
        var bytes = await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Log, bytes.AsMemory(0, bytes.Length - 1), TestContext.Current.CancellationToken);
        await using var again = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
        Assert.Equal(1, again.LoadedKeys);
    }

    /// <summary>Guards against data that is cut off though it is sound: with fewer databases than before, its records cannot be applied.</summary>
    [Fact]
    public async Task Repair_cuts_nothing_where_nothing_is_damaged()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            foreach (var command in (string[][])[["SET", "k", "v"], ["SELECT", "5"], ["SET", "k", "v"], ["SELECT", "0"], ["SET", "after", "v"]]) await client.SendAsync(command);
        }

        var whole = await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken);
        var options = new EmbeddedRedisOptions { Directory = _directory, Databases = 2, Repair = true };
        var error = await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(options, TestContext.Current.CancellationToken));
        Assert.Contains("--databases 6", error.Message, StringComparison.Ordinal);
        Assert.Equal(whole, await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken));
        await using var again = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
        Assert.Equal(3, again.LoadedKeys);
    }

    [Fact]
    public async Task What_was_allowed_when_it_was_written_is_loaded_under_a_smaller_limit()
    {
        await using (var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken))
        {
            await using var client = await RespClient.ConnectAsync(server.Port);
            await client.SendAsync("APPEND", "k", new string('x', 900));
            await client.SendAsync("APPEND", "k", new string('x', 900));
            await client.SendAsync("SETRANGE", "r", "2000", "x");
        }

        await using var again = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory, MaxBulkBytes = 1024 }, TestContext.Current.CancellationToken);
        Assert.Equal(2, again.LoadedKeys);
    }

    [Fact]
    public async Task A_short_file_under_its_name_is_left_alone_as_well()
    {
        await File.WriteAllTextAsync(Log, "SHOP list", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken));
        Assert.Contains("is not a log of this store", error.Message, StringComparison.Ordinal);
        Assert.Equal("SHOP list", await File.ReadAllTextAsync(Log, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_file_under_its_name_is_left_alone()
    {
        await File.WriteAllTextAsync(Log, "This is somebody's diary.", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken));
        Assert.Contains("is not a log of this store", error.Message, StringComparison.Ordinal);
        Assert.Equal("This is somebody's diary.", await File.ReadAllTextAsync(Log, TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Writes keys k0, k1, … and returns the log's length after each.</summary>
    private async Task<List<long>> WriteAsync(int count)
    {
        var sizes = new List<long>();
        await using var server = await EmbeddedRedisServer.StartAsync(new() { Directory = _directory }, TestContext.Current.CancellationToken);
        await using var client = await RespClient.ConnectAsync(server.Port);
        for (var i = 0; i < count; i++)
        {
            Assert.Equal("OK", (await client.SendAsync("SET", "k" + i.ToString(CultureInfo.InvariantCulture), "some value")).Text);
            sizes.Add(new FileInfo(Log).Length);
        }

        return sizes;
    }
}
