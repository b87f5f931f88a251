using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;
using ShopSession.Sessions.Stores;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>Measures a way at chosen replicas: what a balancing policy cannot change.</summary>
internal sealed class WayLab(LabShop shop, LabOptions options)
{
    public async Task<WayResult> MeasureAsync(CancellationToken cancellationToken)
    {
        var way = shop.Plan.Way;
        var promises = SessionStrategies.All[way.Strategy];
        var hasValues = promises.CarriesData != Promise.Broken;
        var isCarried = promises.WhyNoList is not null;
        var writes = hasValues ? options.Times(200) : 0;
        var stale = await new StaleReadLab(shop).MeasureAsync(writes, cancellationToken);
        var refusals = await new RefusalLab(shop).MeasureAsync(options.Times(50), cancellationToken);
        var traffic = new TrafficLab(shop, options);
        var read = await traffic.ReadAsync(hasValues, cancellationToken);
        var write = hasValues ? await traffic.WriteAsync(cancellationToken) : null;
        var memory = await new MemoryLab(shop).MeasureAsync(options.Times(3000), cancellationToken);
        var load = await new LoadLab(shop).MeasureAsync(options.Quick ? 1 : 6, cancellationToken);
        return new WayResult
        {
            Way = way.Name,
            Under = Circumstances.Now(options.Replicas, options.Siblings, options.Quick),
            Writes = writes,
            StaleReads = stale,
            SignOuts = refusals.Count,
            RefusedMedian = refusals.Median,
            RefusedWorst = refusals.Worst,
            NeverRefused = refusals.Never,
            StoreBytesPerRead = read.StoreBytes,
            StoreBytesPerWrite = write?.StoreBytes,
            PeerBytesPerWrite = write?.PeerBytes ?? 0,
            Peers = shop.AllAddresses.Count - 1,
            StoreBytesPerSession = memory.StoreBytesPerSession,
            ReplicaKibPer1000Sessions = memory.ReplicaKib,
            BusiestShard = await shop.Store.BusiestShardAsync(cancellationToken),
            Throughput = load.Throughput,
            P50Ratio = load.P50,
            P99Ratio = load.P99,
            Carried = isCarried ? await new CarriedLab(shop).MeasureAsync(cancellationToken) : null,
        };
    }
}
