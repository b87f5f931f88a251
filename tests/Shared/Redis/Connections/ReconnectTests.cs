using System.Diagnostics;

namespace ShopSession.Redis.Tests.Connections;

public sealed class ReconnectTests : RedisTest
{
    private const int Clients = 20;

    [Fact]
    public async Task A_server_that_refuses_is_not_stormed_and_all_clients_come_back()
    {
        var (first, proxy) = ClientThroughProxy();
        var clients = Enumerable.Range(1, Clients - 1).Select(_ => Client(connectionString: $"127.0.0.1:{proxy.Port}")).Prepend(first).ToArray();
        foreach (var client in clients) await ConnectedAsync(client);
        var before = proxy.AcceptedConnections;
        var started = Stopwatch.GetTimestamp();
        proxy.Refuse();
        await Task.Delay(TimeSpan.FromSeconds(3), Stop);
        var attempts = proxy.AcceptedConnections - before;
        // Pauses double from 50 ms to 1 s and are cut by half at most: some quick attempts, then two a second.
        var allowed = Clients * (7 + (2 * Stopwatch.GetElapsedTime(started).TotalSeconds));
        TestContext.Current.TestOutputHelper!.WriteLine($"{attempts} attempts of {Clients} clients, {allowed:0} allowed");
        Assert.InRange(attempts, Clients, allowed);
        proxy.Pass();
        foreach (var client in clients) await ConnectedAsync(client);
    }
}
