using System.Net;
using System.Net.Sockets;
using ShopSession.Gateway.Tests.Support;

namespace ShopSession.Gateway.Tests.Configuration;

public sealed class StartTests
{
    private static Dictionary<string, string> Working => new()
    {
        ["services__cart__http__0"] = "http://127.0.0.1:1",
        ["services__catalog__http__0"] = "http://127.0.0.1:1",
        ["services__auth__http__0"] = "http://127.0.0.1:1",
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
    };

    [Theory]
    [InlineData("Gateway__Balancing", "random", "round-robin, least-requests, ip-hash, ip-hash-rendezvous, session-hash, session-hash-rendezvous")]
    [InlineData("Gateway__WaitForReplica", "soon", "Gateway:WaitForReplica")]
    [InlineData("Gateway__ProbeInterval", "00:00:00", "allowed: 00:00:00.05")]
    [InlineData("Gateway__MaxHeaderBytes", "64000", "4096 to 30720")]
    [InlineData("Shop__Domain", "shop localhost", "Shop:Domain")]
    [InlineData("Shop__Port", "80800", "1 to 65535")]
    [InlineData("Shop__GatewayKey", "a b", "Shop:GatewayKey")]
    [InlineData("services__cart__http__0", "cart", "expected an address such as")]
    public async Task A_wrong_setting_ends_the_start_with_one_message_that_says_what_is_allowed(string name, string value, string expected)
    {
        var environment = Working;
        environment[name] = value;

        var (exitCode, output, error) = await GatewayProcess.RunAsync(environment);

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_service_without_address_ends_the_start()
    {
        var environment = Working;
        environment.Remove("services__auth__http__0");

        var (exitCode, _, error) = await GatewayProcess.RunAsync(environment);

        Assert.Equal(1, exitCode);
        Assert.Contains("services__auth__http__0", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_ends_the_start_with_a_message_that_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var environment = Working;
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";

        var (exitCode, output, error) = await GatewayProcess.RunAsync(environment);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{port}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + output, StringComparison.Ordinal);
    }
}
