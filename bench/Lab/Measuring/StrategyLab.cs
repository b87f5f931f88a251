using System.Diagnostics;
using System.Globalization;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>Measures a strategy at chosen replicas: what a balancing policy cannot change.</summary>
internal sealed class StrategyLab(LabShop shop, LabOptions options)
{
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(10);

    public async Task<StrategyResult> MeasureAsync(string strategy, CancellationToken cancellationToken)
    {
        var writes = options.Times(200);
        var stale = await StaleReadsAsync(writes, cancellationToken);
        var refusals = await RefusalsAsync(options.Times(50), cancellationToken);
        var times = refusals.Times.Order().ToList();
        var traffic = await new StoreLab(shop).TrafficAsync(cancellationToken);
        var memory = await new StoreLab(shop).MemoryAsync(options.Times(3000), cancellationToken);
        var load = await new LoadLab(shop).MeasureAsync(options.Quick ? 2 : 6, cancellationToken);
        return new StrategyResult
        {
            Strategy = strategy,
            Replicas = options.Replicas,
            MeasuredAt = DateTimeOffset.UtcNow,
            Writes = writes,
            StaleReads = stale,
            SignOuts = times.Count,
            RefusedMedian = times.Count > 0 ? times[times.Count / 2] : null,
            RefusedWorst = times.Count > 0 ? times[^1] : null,
            NeverRefused = refusals.Never,
            StoreBytesPerRead = traffic.Read,
            StoreBytesPerWrite = traffic.Write,
            StoreMemoryPerSession = memory.Store,
            ReplicaKibPer1000Sessions = memory.ReplicaKib,
            Throughput = load.Throughput,
            P50Ratio = load.P50,
            P99Ratio = load.P99,
        };
    }

    private async Task<int> StaleReadsAsync(int writes, CancellationToken cancellationToken)
    {
        var client = shop.NewClient();
        await client.SignInAsync(shop.Addresses[0], "reader", cancellationToken);
        var stale = 0;
        for (var i = 0; i < writes; i++)
        {
            var value = i.ToString(CultureInfo.InvariantCulture);
            await client.WriteAsync(At(i), "stale", value, cancellationToken);
            if (await client.ReadAsync(At(i + 1), "stale", cancellationToken) != value) stale++;
        }
        return stale;
    }

    private async Task<(List<double> Times, bool Never)> RefusalsAsync(int count, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var never = false;
        for (var i = 0; i < count && !never; i++)
        {
            var client = shop.NewClient();
            await client.SignInAsync(At(i), $"leaver-{i}", cancellationToken);
            var others = Enumerable.Range(1, shop.Addresses.Count - 1).Select(next => At(i + next)).ToList();
            // Known everywhere first, so that each has it at hand.
            if (!await EveryAsync(others, client, known: true, cancellationToken)) continue;
            var witness = client.Copy();
            await client.SignOutAsync(At(i), cancellationToken);
            var since = Stopwatch.GetTimestamp();
            never = !await EveryAsync(others, witness, known: false, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
        return (times, never);
    }

    private static async Task<bool> EveryAsync(List<Uri> replicas, ReplicaClient client, bool known, CancellationToken cancellationToken)
    {
        // A session that is made known in the background gets a second; a signed-out one is watched for longer.
        var limit = known ? TimeSpan.FromSeconds(1) : RefusalLimit;
        var since = Stopwatch.GetTimestamp();
        foreach (var replica in replicas)
        {
            while (await client.SeenAsync(replica, cancellationToken) is var seen && (seen.Length > 0) != known)
                if (Stopwatch.GetElapsedTime(since) > limit) return false;
        }
        return true;
    }

    private Uri At(int index) => shop.Addresses[index % shop.Addresses.Count];
}
