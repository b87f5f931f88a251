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
        var written = 0;
        await using (var process = await EmbeddedProcess.StartAsync("--dir", _directory))
        {
            await using var client = await process.ConnectAsync();
            // Whatever the runtime loads for a rewrite, and for one that fails, is loaded afterwards: without a handle it would end the process.
            Assert.Equal("OK", (await client.SendAsync("SAVE")).Text);
            var obstacle = Directory.CreateDirectory(Path.Combine(_directory, "store.log.new"));
            Assert.StartsWith("ERR saving failed", (await client.SendAsync("SAVE")).Text, StringComparison.Ordinal);
            obstacle.Delete();
            var reply = "";
            // It may be that there is none for the new file first; then there is none for the directory. What comes after that counts: another rewrite would bring everything back.
            while (!reply.StartsWith("ERR saving failed: The directory", StringComparison.Ordinal))
            {
                Assert.NotEqual("OK", reply);
                await LeaveHandlesAsync(process.ProcessId, ++written + 1);
                reply = (await client.SendAsync("SAVE")).Text;
                Assert.Equal("OK", (await client.SendAsync("SET", "k" + written.ToString(CultureInfo.InvariantCulture), "v")).Text);
            }

            await process.KillAsync();
        }

        await using var again = await EmbeddedProcess.StartAsync("--dir", _directory);
        await using var reader = await again.ConnectAsync();
        Assert.Equal(written.ToString(CultureInfo.InvariantCulture), (await reader.SendAsync("DBSIZE")).Text);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

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
