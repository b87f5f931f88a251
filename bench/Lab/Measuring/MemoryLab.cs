using System.Globalization;
using ShopSession.Lab.Bench.Running;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>Makes sessions of as many users, evenly over all replicas of the measured service, and looks how much store and replicas have grown.</summary>
internal sealed class MemoryLab(LabShop shop)
{
    private const int AtOnce = 4;

    /// <returns>Bytes a session in the store; KiB for 1,000 sessions in each replica.</returns>
    public async Task<(double? StoreBytesPerSession, IReadOnlyList<double> ReplicaKib)> MeasureAsync(int sessions, CancellationToken cancellationToken)
    {
        // Warm first: what the first requests compile and allocate is not the sessions'.
        await MakeAsync(sessions / 3, "warm", cancellationToken);
        var (storeBefore, replicasBefore) = (await shop.Store.SizeAsync(cancellationToken), await LiveBytesAsync(cancellationToken));
        await MakeAsync(sessions, "kept", cancellationToken);
        var (storeAfter, replicasAfter) = (await shop.Store.SizeAsync(cancellationToken), await LiveBytesAsync(cancellationToken));
        return ((storeAfter - storeBefore) / (double)sessions, [.. replicasAfter.Zip(replicasBefore, (after, before) => (after - before) / 1024.0 * 1000 / sessions)]);
    }

    private Task MakeAsync(int sessions, string user, CancellationToken cancellationToken)
    {
        var replicas = shop.Addresses;
        return Parallel.ForEachAsync(
            Enumerable.Range(0, sessions),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) => await shop.NewClient().SignInAsync(replicas[i % replicas.Count], string.Create(CultureInfo.InvariantCulture, $"{user}-{i}"), token));
    }

    private async Task<List<long>> LiveBytesAsync(CancellationToken cancellationToken)
    {
        var bytes = new List<long>();
        foreach (var replica in shop.Addresses) bytes.Add((await shop.NewClient().CostAsync(replica, collect: true, cancellationToken)).ManagedBytes);
        return bytes;
    }
}
