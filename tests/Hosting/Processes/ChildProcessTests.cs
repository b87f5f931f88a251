using System.Text;
using Aspire.Hosting.Processes;
using ShopSession.Hosting.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.Processes;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public ChildProcessTests()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("Starts /bin/sh.");
    }

    [Fact]
    public async Task It_gets_its_arguments_environment_directory_and_input_and_nothing_else()
    {
        using var launcher = ProcessLauncher.Create();
        var spec = Sh("pwd; cat; echo \"$NAME|$HOME|$1\"; echo oops >&2; exit 42", "an argument") with { WorkingDirectory = "/usr", StandardInput = "from stdin\n" };

        using var child = launcher.Start(spec);
        var output = await ReadAsync(child.Output);

        Assert.Equal("/usr\nfrom stdin\nvälue||an argument\n", output);
        Assert.Equal("oops\n", await ReadAsync(child.Error));
        Assert.Equal(42, await child.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_signal_shows_in_its_exit_code()
    {
        using var launcher = ProcessLauncher.Create();
        using var killed = launcher.Start(Sh("exec sleep 60"));
        using var terminated = launcher.Start(Sh("exec sleep 60"));

        killed.Kill();
        terminated.Terminate();

        Assert.Equal(137, await killed.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(143, await terminated.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken));
        killed.Kill();
    }

    [Fact]
    public async Task It_starts_with_signals_as_if_from_a_shell()
    {
        LiveProcesses.RequireProc();
        using var launcher = ProcessLauncher.Create();
        using var child = launcher.Start(Sh("grep -E '^Sig(Blk|Ign)' /proc/self/status"));

        var lines = (await ReadAsync(child.Output)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);

        // 32 and 33 belong to the C library, which leaves them ignored.
        const ulong OfTheLibrary = 3UL << 31;
        Assert.All(lines, line => Assert.Equal(0UL, Convert.ToUInt64(line.Split('\t')[1], 16) & ~OfTheLibrary));
    }

    [Theory]
    [InlineData("/no/such/program", "/", "there is no such program")]
    [InlineData("/etc/passwd", "/", "it is not executable")]
    [InlineData("/bin/sh", "/no/such/folder", "its working directory /no/such/folder does not exist")]
    public void What_cannot_be_started_says_why(string program, string directory, string message)
    {
        using var launcher = ProcessLauncher.Create();
        var failure = Assert.Throws<DistributedApplicationException>(() => launcher.Start(new(program, [], directory, new Dictionary<string, string>())));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_and_grandchildren_end_with_their_launcher()
    {
        LiveProcesses.RequireProc();
        var launcher = ProcessLauncher.Create();
        using var child = launcher.Start(Sh("trap '' TERM; sleep 60 & echo $!; wait"));
        using var reader = new StreamReader(child.Output);
        var grandchild = int.Parse((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(LiveProcesses.IsAlive(grandchild));

        launcher.Dispose();

        await child.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken);
        await Poll.UntilAsync(() => !LiveProcesses.IsAlive(grandchild), Limit, "the grandchild is gone", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Many_at_once_keep_their_outputs_and_codes_apart()
    {
        using var launcher = ProcessLauncher.Create();
        var all = Enumerable.Range(0, 60).Select(async number =>
        {
            await Task.Yield();
            using var child = launcher.Start(Sh($"echo {number}; exit {number}"));
            return (await ReadAsync(child.Output), await child.Exited.WaitAsync(Limit));
        });

        Assert.Equal(Enumerable.Range(0, 60).Select(number => ($"{number}\n", number)), await Task.WhenAll(all));
    }

    private static ProcessSpec Sh(string script, params string[] arguments) =>
        new("/bin/sh", ["-c", script, "sh", .. arguments], "/", new Dictionary<string, string> { ["NAME"] = "välue", ["PATH"] = "/usr/bin:/bin" });

    private static async Task<string> ReadAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
    }
}
