using System.Diagnostics;
using System.Globalization;
using ShopSession.Redis.Embedded.Tests.Processes;

namespace ShopSession.Redis.Embedded.Tests.Durability;

public sealed class RewriteHandleTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("shop-embedded-").FullName;

    /// <summary>Guards against a rewrite that fails after its file has taken the old log's name: what was confirmed from then on went to a file without a name.</summary>
    [Fact]
    public async Task A_rewrite_that_gets_no_handle_for_the_directory_is_given_up_before_the_old_log_is_replaced()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/prlimit")) Assert.Skip("prlimit is not installed.");
        // Without a handle the runtime itself may end the process, when it comes to load something: that says nothing.
        for (var attempt = 1; !await IsConfirmedAfterFailureAsync(); attempt++) Assert.True(attempt < 40, "the store never went on after a rewrite without a handle for the directory");

        await using var again = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var reader = await again.ConnectAsync();
        Assert.Equal("1", (await reader.SendAsync("EXISTS", "after")).Text);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Whether a rewrite failed for want of a handle for the directory and a write was confirmed then.</summary>
    private async Task<bool> IsConfirmedAfterFailureAsync()
    {
        await using var process = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var client = await process.ConnectAsync();
        try
        {
            // What the runtime loads for a rewrite, and for one that fails, is loaded afterwards.
            Assert.Equal("OK", (await client.SendAsync("SAVE")).Text);
            var obstacle = Directory.CreateDirectory(Path.Combine(_directory, "store.log.new"));
            Assert.StartsWith("ERR saving failed", (await client.SendAsync("SAVE")).Text, StringComparison.Ordinal);
            obstacle.Delete();
            for (var handles = 1; handles <= 3; handles++)
            {
                await LeaveHandlesAsync(process.ProcessId, handles);
                // What comes after the failure counts: another rewrite would bring everything back.
                if (!(await client.SendAsync("SAVE")).Text.StartsWith("ERR saving failed: The directory", StringComparison.Ordinal)) continue;
                var isConfirmed = (await client.SendAsync("SET", "after", "v")).Text == "OK";
                await process.KillAsync();
                return isConfirmed;
            }

            return false;
        }
        catch (Exception e) when (e is IOException or EndOfStreamException)
        {
            return false;
        }
    }

    private static async Task LeaveHandlesAsync(int process, int count)
    {
        var taken = Directory.GetFileSystemEntries($"/proc/{process}/fd").Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture)).ToHashSet();
        // The system gives the lowest number that is free, and none beyond the limit.
        var limit = Enumerable.Range(0, int.MaxValue).Where(number => !taken.Contains(number)).ElementAt(count - 1) + 1;
        using var lower = Process.Start("/usr/bin/prlimit", ["--pid", process.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"--nofile={limit}:")]);
        await lower.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, lower.ExitCode);
    }
}
