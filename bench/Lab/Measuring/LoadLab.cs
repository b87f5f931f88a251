using System.Collections.Concurrent;
using System.Diagnostics;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>
/// Requests that read a signed-in session beside requests that touch none, at one replica, in turns of a second: only the ratio says something on a machine that does other
/// things too.
/// </summary>
internal sealed class LoadLab(LabShop shop)
{
    private const int Connections = 8;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    public async Task<(double Throughput, double P50, double P99)> MeasureAsync(int rounds, CancellationToken cancellationToken)
    {
        var replica = shop.Addresses[0];
        var clients = new List<ReplicaClient>();
        for (var i = 0; i < Connections; i++)
        {
            clients.Add(shop.NewClient());
            await clients[i].SignInAsync(replica, $"loader-{i}", cancellationToken);
        }
        var (with, without) = (new List<double>(), new List<double>());
        await TurnAsync(clients, client => client.SeenAsync(replica, cancellationToken));
        await TurnAsync(clients, client => client.AliveAsync(replica, cancellationToken));
        for (var round = 0; round < rounds; round++)
        {
            without.AddRange(await TurnAsync(clients, client => client.AliveAsync(replica, cancellationToken)));
            with.AddRange(await TurnAsync(clients, client => client.SeenAsync(replica, cancellationToken)));
        }
        with.Sort();
        without.Sort();
        return ((double)with.Count / without.Count, At(with, 0.5) / At(without, 0.5), At(with, 0.99) / At(without, 0.99));
    }

    /// <summary>The time of each request, in milliseconds.</summary>
    private static async Task<ConcurrentBag<double>> TurnAsync(List<ReplicaClient> clients, Func<ReplicaClient, Task> ask)
    {
        var times = new ConcurrentBag<double>();
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(async client =>
        {
            while (Stopwatch.GetElapsedTime(begin) < Turn)
            {
                var since = Stopwatch.GetTimestamp();
                await ask(client);
                times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }
        }));
        return times;
    }

    private static double At(List<double> sorted, double part) => sorted[Math.Min((int)(sorted.Count * part), sorted.Count - 1)];
}
