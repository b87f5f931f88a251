using System.Net;
using System.Net.Sockets;
using ShopSession.Hosting.Tests.Support;
using ShopSession.Testing;

namespace ShopSession.Hosting.Tests.CommandLine;

/// <summary>What cannot be started says so in one message, with an exit code, and leaves nothing half-started.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task The_start_prints_what_a_user_needs()
    {
        await using var program = await SampleProgram.StartReadyAsync(new());

        Assert.Contains($"http://localhost:{program.Settings.Port}/arguments", program.Output, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{program.Settings.DashboardPort}/#token={SampleProgram.Token}", program.Output, StringComparison.Ordinal);
        Assert.Contains("a note of the profile", program.Output, StringComparison.Ordinal);
        Assert.Contains(program.Settings.DataDirectory, program.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sample__Replicas", "many", "Sample__Replicas is 'many', but it must be a number from 1 to 5. Without it, 2 is used.")]
    [InlineData("Sample__Replicas", "0", "Sample__Replicas is '0'")]
    [InlineData("Sample__Port", "70000", "Sample__Port is '70000', but it must be a port")]
    [InlineData("Sample__Store", "memcached", "Sample__Store is 'memcached', but it must be one of: auto, redis-server, embedded")]
    [InlineData("Sample__RunnerToken", "short", "Sample__RunnerToken is '***', but it must have at least 16 characters")]
    public async Task A_wrong_setting_is_one_message(string name, string value, string message) =>
        await RefusesAsync(new() { [name] = value }, message);

    [Fact]
    public async Task An_empty_setting_is_none()
    {
        await using var program = await SampleProgram.StartReadyAsync(new() { ["Sample__Replicas"] = "" });
        Assert.Equal(3, (await program.ReplicasAsync()).Count);
    }

    [Fact]
    public async Task A_taken_port_is_named_with_its_setting()
    {
        using var taken = Listen(IPAddress.Loopback);
        await RefusesAsync(new() { Port = PortOf(taken) }, $"Port {PortOf(taken)}, on which 'front' listens (http), is taken", "set Sample__Port to a free port");
    }

    [Fact]
    public async Task A_port_that_is_taken_only_over_IPv6_is_taken()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Skip("This machine has no IPv6.");
        using var taken = Listen(IPAddress.IPv6Loopback);
        await RefusesAsync(new() { Port = PortOf(taken) }, "is taken");
    }

    [Fact]
    public async Task A_taken_port_of_the_page_is_named_with_its_setting()
    {
        using var taken = Listen(IPAddress.Loopback);
        await RefusesAsync(new() { DashboardPort = PortOf(taken) }, $"Port {PortOf(taken)}", "set Sample__DashboardPort to a free port");
    }

    [Fact]
    public async Task A_second_start_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var first = await SampleProgram.StartReadyAsync(new());

        await RefusesAsync(
            new() { DataDirectory = first.Settings.DataDirectory }, "is running already", $"(process {first.ProcessId})", "set Sample__DataDirectory to another folder");

        Assert.All(await first.ReplicasAsync(), replica => Assert.Equal("Healthy", replica.Health));
    }

    [Fact]
    public async Task A_start_after_a_SIGKILL_is_not_refused()
    {
        LiveProcesses.RequireProc();
        var settings = new SampleSettings();
        await using (var killed = await SampleProgram.StartReadyAsync(settings))
        {
            var group = LiveProcesses.GroupOf((await killed.ReplicasAsync())[0].Pid!.Value);
            killed.Signal("KILL");
            await killed.ExitCodeAsync();
            await Poll.UntilAsync(() => LiveProcesses.InGroup(group).Count == 0, TimeSpan.FromSeconds(10), "its children are gone", TestContext.Current.CancellationToken);
        }

        await using var again = await SampleProgram.StartReadyAsync(new() { Port = settings.Port, DashboardPort = settings.DashboardPort, DataDirectory = settings.DataDirectory });
        Assert.Equal(3, (await again.ReplicasAsync()).Count);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_to_is_named()
    {
        var settings = new SampleSettings();
        var file = Path.Combine(settings.DataDirectory, "file");
        await File.WriteAllTextAsync(file, "not a folder", TestContext.Current.CancellationToken);

        await RefusesAsync(new() { DataDirectory = Path.Combine(file, "data") }, $"The data directory {file}/data cannot be written to", "Sample__DataDirectory");
        settings.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1:1", "cannot be reached")]
    [InlineData("redis://127.0.0.1:1", "cannot be reached")]
    [InlineData("nonsense:port", "ConnectionStrings__store cannot be read")]
    [InlineData("http://localhost", "ConnectionStrings__store cannot be read")]
    public async Task An_unreachable_or_unreadable_Redis_is_named(string connection, string message) =>
        await RefusesAsync(new() { ["ConnectionStrings__store"] = connection }, message, "ConnectionStrings__store");

    [Fact]
    public async Task A_Redis_that_asks_for_another_password_is_named()
    {
        await using var redis = await RedisServerProcess.StartAsync(new() { Password = "right" }, TestContext.Current.CancellationToken);
        await RefusesAsync(new() { ["ConnectionStrings__store"] = $"127.0.0.1:{redis.Port},password=wrong" }, "refused the password", "WRONGPASS");
    }

    [Fact]
    public async Task A_given_Redis_is_used()
    {
        await using var redis = await RedisServerProcess.StartAsync(new() { Password = "right" }, TestContext.Current.CancellationToken);
        await using var program = await SampleProgram.StartReadyAsync(new() { ["ConnectionStrings__store"] = $"127.0.0.1:{redis.Port},password=right" });

        Assert.Contains($"the Redis at 127.0.0.1:{redis.Port}, named by ConnectionStrings__store", program.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(await program.ReplicasAsync(), replica => replica.Name == "store");
    }

    [Fact]
    public async Task A_service_that_ends_before_it_is_ready_ends_the_start_with_its_own_words()
    {
        LiveProcesses.RequireProc();
        const string Words = "Sample:Strategy is 'x'. Allowed are: a, b.";
        await RefusesAsync(new() { ["Sample__FailAtStart"] = Words }, "ended with exit code 3 before it was ready", Words);
    }

    [Fact]
    public async Task The_help_lists_the_settings_and_starts_nothing()
    {
        using var settings = new SampleSettings();
        await using var program = SampleProgram.Start(settings, "--help");

        Assert.Equal(0, await program.ExitCodeAsync());
        Assert.Contains("Sample__Replicas", program.Output, StringComparison.Ordinal);
        Assert.Contains("How many processes run the back. [2]", program.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(settings.DataDirectory));
    }

    private static async Task RefusesAsync(SampleSettings settings, params string[] messages)
    {
        var marker = $"marker-{Guid.NewGuid():N}";
        settings["Sample__Marker"] = marker;
        await using var program = SampleProgram.Start(settings);
        var code = await program.ExitCodeAsync();

        Assert.NotEqual(0, code);
        Assert.All(messages, message => Assert.Contains(message, program.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", program.Error, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            Assert.Empty(LiveProcesses.Containing(marker));
    }

    private static TcpListener Listen(IPAddress address)
    {
        var listener = new TcpListener(address, FreePort.Next());
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
