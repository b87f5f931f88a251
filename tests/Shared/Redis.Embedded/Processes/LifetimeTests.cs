using ShopSession.Testing;

namespace ShopSession.Redis.Embedded.Tests.Processes;

public sealed class LifetimeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    [Fact]
    public async Task A_signal_ends_it_within_two_seconds_with_everything_kept()
    {
        await using (var process = await EmbeddedProcess.StartAsync("--dir", _directory))
        {
            await using var client = await process.ConnectAsync();
            await using var idle = await process.ConnectAsync();
            Assert.Equal("OK", (await client.SendAsync("SET", "k", "v")).Text);
            process.Terminate();
            // The promise is 2 s; the rest is for a starved machine. Waiting for the connections would take for ever.
            Assert.Equal(0, await process.WaitAsync(TimeSpan.FromSeconds(15)));
        }

        await using var again = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var reader = await again.ConnectAsync();
        Assert.Equal("v", (await reader.SendAsync("GET", "k")).Text);
    }

    [Fact]
    public async Task Shutdown_ends_it()
    {
        await using var process = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var client = await process.ConnectAsync();
        await client.SendAsync("SET", "k", "v");
        Assert.Equal("ERR syntax error", (await client.SendAsync("SHUTDOWN", "LATER")).Text);
        await client.WriteAsync("SHUTDOWN", "NOSAVE");
        Assert.True(await client.IsClosedAsync());
        Assert.Equal(0, await process.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_second_store_on_the_same_directory_is_refused_and_harms_nothing()
    {
        await using var process = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var client = await process.ConnectAsync();
        await client.SendAsync("SET", "k", "v");
        var (code, errors) = await EmbeddedProcess.RunAsync("--port", "0", "--dir", _directory);
        Assert.Equal(1, code);
        Assert.Contains($"{_directory} is in use by another store (process ", errors, StringComparison.Ordinal);
        Assert.Equal("v", (await client.SendAsync("GET", "k")).Text);

        await process.KillAsync();
        await using var next = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var reader = await next.ConnectAsync();
        Assert.Equal("v", (await reader.SendAsync("GET", "k")).Text);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_named()
    {
        var file = Path.Combine(_directory, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var (code, errors) = await EmbeddedProcess.RunAsync("--port", "0", "--dir", Path.Combine(file, "below"));
        Assert.Equal(1, code);
        Assert.Contains("cannot be created", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task An_unwritable_directory_is_named()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs POSIX permissions.");
            return;
        }

        // Permissions do not stop root, but even root makes no files in sysfs.
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux())
        {
            var (rootCode, rootErrors) = await EmbeddedProcess.RunAsync("--port", "0", "--dir", "/sys/kernel");
            Assert.Equal(1, rootCode);
            Assert.Contains("not writable", rootErrors, StringComparison.Ordinal);
            return;
        }

        File.SetUnixFileMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var (code, errors) = await EmbeddedProcess.RunAsync("--port", "0", "--dir", _directory);
        File.SetUnixFileMode(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(1, code);
        Assert.Contains("not writable", errors, StringComparison.Ordinal);
    }

    /// <summary>Guards against every trouble with the directory being told as "in use by another store".</summary>
    [Fact]
    public async Task A_directory_that_takes_no_files_is_not_said_to_be_in_use()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs a directory that takes no files from anyone.");
        var (code, errors) = await EmbeddedProcess.RunAsync("--port", "0", "--dir", "/proc");
        Assert.Equal(1, code);
        Assert.Contains("The data directory /proc is not writable", errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    /// <summary>Guards against a store that stands still because its parent does not read what it says.</summary>
    [Fact]
    public async Task It_goes_on_when_nobody_reads_its_output()
    {
        await using var process = await EmbeddedProcess.StartUnreadAsync("--dir", _directory);
        await using var client = await process.ConnectAsync();
        // Each is a line of output, all together more than a pipe holds.
        for (var i = 0; i < 1500; i++)
        {
            await using var page = await process.ConnectAsync();
            await page.WriteRawAsync("POST / HTTP/1.1\r\n\r\n");
        }

        Assert.Equal("OK", (await client.SendAsync("SET", "k", "v")).Text);
        process.Terminate();
        Assert.Equal(0, await process.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task In_process_the_port_and_the_directory_are_free_again_after_disposal()
    {
        var options = new EmbeddedRedisOptions { Directory = _directory, Port = FreePort.Next() };
        for (var i = 0; i < 3; i++)
        {
            await using var server = await EmbeddedRedisServer.StartAsync(options, TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(options with { Port = 0 }, TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<EmbeddedRedisException>(() => EmbeddedRedisServer.StartAsync(options with { Directory = null }, TestContext.Current.CancellationToken));
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
