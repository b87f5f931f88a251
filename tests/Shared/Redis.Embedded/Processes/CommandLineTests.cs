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
    [InlineData("--requirepass must not be empty", "--requirepass", "")]
    [InlineData("--dir must not be empty", "--dir", "")]
    [InlineData("databases are not possible", "--databases", "0")]
    [InlineData("connections are not possible", "--maxclients", "-1")]
    public async Task A_wrong_argument_ends_the_start_with_one_line_that_says_so(string expected, params string[] arguments)
    {
        var (code, errors) = await EmbeddedProcess.RunAsync(arguments);
        Assert.NotEqual(0, code);
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
        Assert.NotEqual(0, code);
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
