using System.Diagnostics;
using System.Globalization;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>
/// What reads and writes cost between replica and store, among replicas, and in processor time. What passes anyway while nobody asks (probes, heartbeats) is measured before and taken off.
/// </summary>
internal sealed class TrafficLab(LabShop shop, LabOptions options)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    /// <summary>So many that what passes anyway, and varies, weighs little.</summary>
    private int Requests => options.Times(2000);

    /// <param name="hasValues">Whether a value can be read; otherwise the user's name is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Traffic> ReadAsync(bool hasValues, CancellationToken cancellationToken)
    {
        var (client, replica) = await ClientAsync(cancellationToken);
        if (hasValues) await client.WriteAsync(replica, "counted", "0", cancellationToken);
        return await CountAsync(_ => hasValues ? client.ReadAsync(replica, "counted", cancellationToken) : client.SeenAsync(replica, cancellationToken), cancellationToken);
    }

    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="took">Told of each write's milliseconds.</param>
    public async Task<Traffic> WriteAsync(CancellationToken cancellationToken, Action<double>? took = null)
    {
        var (client, replica) = await ClientAsync(cancellationToken);
        // Not counted: the first make the attribute and warm up.
        for (var i = 0; i < 50; i++) await client.WriteAsync(replica, "counted", "warm", cancellationToken);
        return await CountAsync(
            async i =>
            {
                var since = Stopwatch.GetTimestamp();
                await client.WriteAsync(replica, "counted", (1000 + i).ToString(CultureInfo.InvariantCulture), cancellationToken);
                took?.Invoke(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            },
            cancellationToken);
    }

    private async Task<(ReplicaClient Client, Uri Replica)> ClientAsync(CancellationToken cancellationToken)
    {
        var (client, replica) = (shop.NewClient(), shop.Addresses[0]);
        await client.SignInAsync(replica, "counted", cancellationToken);
        return (client, replica);
    }

    private async Task<Traffic> CountAsync(Func<int, Task> ask, CancellationToken cancellationToken)
    {
        var (quietSince, quietBefore) = (Stopwatch.GetTimestamp(), await NowAsync(cancellationToken));
        await Task.Delay(options.Quick ? Quiet / 3 : Quiet, cancellationToken);
        var (since, before) = (Stopwatch.GetTimestamp(), await NowAsync(cancellationToken));
        var quiet = Stopwatch.GetElapsedTime(quietSince, since).TotalSeconds;
        for (var i = 0; i < Requests; i++) await ask(i);
        var after = await NowAsync(cancellationToken);
        var busy = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return new Traffic(Each(count => count.StoreBytes), Each(count => count.PeerBytes) ?? 0, Each(count => count.ProcessorMicroseconds) ?? 0);

        double? Each(Func<Traffic, double?> count) =>
            count(after) - count(before) - (count(before) - count(quietBefore)) / quiet * busy is { } sum ? Math.Max(0, sum / Requests) : null;
    }

    /// <summary>All counters as they stand.</summary>
    private async Task<Traffic> NowAsync(CancellationToken cancellationToken)
    {
        var (peerBytes, processor) = (0L, 0.0);
        foreach (var replica in shop.Addresses)
        {
            var cost = await shop.NewClient().CostAsync(replica, collect: false, cancellationToken);
            peerBytes += cost.PeerBytes;
            processor += cost.ProcessorMilliseconds * 1000;
        }
        return new Traffic(await shop.Store.BytesAsync(cancellationToken), peerBytes, processor);
    }
}
