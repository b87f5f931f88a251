using System.Globalization;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>What a write costs as replicas grow: a shop is started with the most, and replicas are ended until one is left. The other services and the gateway end first, so that the replicas are all there is.</summary>
internal sealed class GrowthLab(LabOptions options, Action<string> say)
{
    private static readonly int[] Most = [8, 4, 2, 1];
    private static readonly int[] Few = [3, 2, 1];

    public async Task<GrowthResult> MeasureAsync(Way way, CancellationToken cancellationToken)
    {
        var sizes = options.Quick ? Few : Most;
        await using var shop = await LabShop.StartAsync(new ShopPlan(way, way.Policies[0], sizes[0]) { Siblings = 1, Spare = 0 }, cancellationToken);
        var points = new List<GrowthPoint>();
        foreach (var size in sizes)
        {
            await shop.ShrinkAsync(size, cancellationToken);
            points.Add(await PointAsync(shop, size, cancellationToken));
            say(string.Create(CultureInfo.InvariantCulture, $"  a write with {size} replicas: {points[^1].Median:0.00} ms, {points[^1].PeerBytes:0} bytes between replicas"));
        }
        points.Reverse();
        return new GrowthResult { Way = way.Name, Under = Circumstances.Now(sizes[0], 1, options.Quick), Points = points };
    }

    private async Task<GrowthPoint> PointAsync(LabShop shop, int replicas, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var traffic = await new TrafficLab(shop, options).WriteAsync(cancellationToken, times.Add);
        times.Sort();
        return new GrowthPoint
        {
            Replicas = replicas,
            StoreBytes = traffic.StoreBytes,
            PeerBytes = traffic.PeerBytes,
            ProcessorMicroseconds = traffic.ProcessorMicroseconds,
            Median = times[times.Count / 2],
        };
    }
}
