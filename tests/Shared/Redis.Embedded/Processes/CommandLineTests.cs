using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ShopSession.Redis.Embedded.Tests.Processes;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("'--bogus' is no argument", "--bogus")]
    [InlineData("--port needs a value", "--port")]
    [InlineData("--port needs a whole number, not 'abc'", "--port", "abc")]
    [InlineData("The port 70000 is not one", "--port", "70000")]
    [InlineData("--maxmemory needs a number of bytes", "--maxmemory", "lots")]
    [InlineData("are too few", "--maxmemory", "100")]
    [InlineData("--appendfsync is everysec or always, not 'no'", "--appendfsync", "no")]
    [InlineData("is no address to listen on", "--bind", "everywhere")]
    [InlineData("needs a password", "--bind", "0.0.0.0")]
    [InlineData("needs a password", "--bind", "::")]
    [InlineData("needs a password", "--bind", "0")]
    [InlineData("needs a password", "--bind", "::ffff:10.0.0.1")]
    [InlineData("needs a password", "--bind", "10.1.2.3")]
    [InlineData("is no address to listen on", "--bind", "localhost")]
    [InlineData("is not possible", "--bind", "240.0.0.1", "--requirepass", "secret")]
    [InlineData("--requirepass must not be empty", "--requirepass", "")]
    [InlineData("--dir must not be empty", "--dir", "")]
    [InlineData("databases are not possible", "--databases", "0")]
    [InlineData("connections are not possible", "--maxclients", "-1")]
    public async Task A_wrong_argument_ends_the_start_with_one_line_that_says_so(string expected, params string[] arguments)
    {
        var (code, errors) = await EmbeddedProcess.RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', errors);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);
        var (code, errors) = await EmbeddedProcess.RunAsync("--port", port);
        Assert.Equal(1, code);
        Assert.Contains($"The port {port} on 127.0.0.1 is taken", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_loopback_alone()
    {
        await using var process = await EmbeddedProcess.StartAsync();
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), TestContext.Current.CancellationToken)).Where(a => !IPAddress.IsLoopback(a) && a.AddressFamily == AddressFamily.InterNetwork).ToList();
        if (others.Count == 0) Assert.Skip("This machine has no other address than loopback.");
        using var socket = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await socket.ConnectAsync(others[0], process.Port, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_listens_elsewhere_with_a_password()
    {
        await using var process = await EmbeddedProcess.StartAsync("--bind", "0.0.0.0", "--requirepass", "secret");
        await using var client = await process.ConnectAsync();
        Assert.Equal("NOAUTH Authentication required.", (await client.SendAsync("GET", "k")).Text);
        Assert.Equal("OK", (await client.SendAsync("AUTH", "secret")).Text);
        Assert.True((await client.SendAsync("GET", "k")).IsNull);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task Loopback_needs_no_password_however_it_is_written(string address)
    {
        if (!OperatingSystem.IsLinux() && address == "127.0.0.2") Assert.Skip("This system has one loopback address alone.");
        await using var process = await EmbeddedProcess.StartAsync("--bind", address);
        Assert.Contains(process.Output, line => line.Contains($"ready on {address}:", StringComparison.Ordinal));
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Parse(address).MapToIPv4(), process.Port, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_password_of_the_environment_is_asked_for_and_opens_the_way_to_other_addresses()
    {
        await using var process = await EmbeddedProcess.StartWithPasswordAsync("secret", "--bind", "0.0.0.0");
        await using var client = await process.ConnectAsync();
        Assert.Equal("NOAUTH Authentication required.", (await client.SendAsync("GET", "k")).Text);
        Assert.Equal("OK", (await client.SendAsync("AUTH", "secret")).Text);
        // Nor is it taken away again while others can reach the store.
        Assert.StartsWith("ERR CONFIG SET failed", (await client.SendAsync("CONFIG", "SET", "requirepass", "")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_may_come_from_the_environment_and_an_argument_goes_before_it()
    {
        Assert.Equal("hidden", CommandLine.Parse(["--port", "1"], "hidden").Password);
        Assert.Equal("open", CommandLine.Parse(["--requirepass", "open"], "hidden").Password);
        Assert.Equal(64L * 1024 * 1024, CommandLine.Parse(["--maxmemory", "64MB"]).MaxMemory);
    }

    [Fact]
    public async Task Help_lists_the_arguments()
    {
        var (code, errors) = await EmbeddedProcess.RunAsync("--help");
        Assert.Equal(0, code);
        Assert.Empty(errors);
    }
}
