using System.Globalization;
using ShopSession.Lab.Bench.Running;
using ShopSession.Testing;

namespace ShopSession.Lab.Bench.Measuring;

/// <summary>What sessions cost between replica and store, and in the memory of both.</summary>
internal sealed class StoreLab(LabShop shop)
{
    /// <summary>So many that the probes and heartbeats of seven processes, which pass meanwhile and vary, weigh little.</summary>
    private const int Requests = 2000;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    /// <summary>Bytes per read and per write, both ways, as the store itself counts them, without what passes anyway while nobody asks.</summary>
    public async Task<(double Read, double Write)> TrafficAsync(CancellationToken cancellationToken)
    {
        await using var store = await RawRedis.ConnectAsync(shop.Store.Port, cancellationToken: cancellationToken);
        var client = shop.NewClient();
        await client.SignInAsync(shop.Addresses[0], "counted", cancellationToken);
        await client.WriteAsync(shop.Addresses[0], "counted", "0", cancellationToken);
        var read = await CountAsync(store, _ => client.ReadAsync(shop.Addresses[0], "counted", cancellationToken), cancellationToken);
        var write = await CountAsync(store, i => client.WriteAsync(shop.Addresses[0], "counted", i.ToString(CultureInfo.InvariantCulture), cancellationToken), cancellationToken);
        return (read, write);
    }

    /// <summary>Makes sessions, evenly over all replicas, and looks how much memory store (bytes a session) and replicas (KiB for 1,000, all together) have taken.</summary>
    public async Task<(double Store, double ReplicaKib)> MemoryAsync(int sessions, CancellationToken cancellationToken)
    {
        await using var store = await RawRedis.ConnectAsync(shop.Store.Port, cancellationToken: cancellationToken);
        // Warm first: what the first requests compile and allocate is not the sessions'.
        await MakeAsync(sessions / 3, "warm", cancellationToken);
        var (storeBefore, replicasBefore) = (await UsedMemoryAsync(store, cancellationToken), ResidentKib());
        await MakeAsync(sessions, "kept", cancellationToken);
        var (storeAfter, replicasAfter) = (await UsedMemoryAsync(store, cancellationToken), ResidentKib());
        return ((storeAfter - storeBefore) / (double)sessions, (replicasAfter - replicasBefore) * 1000.0 / sessions);
    }

    private Task MakeAsync(int sessions, string user, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, sessions),
        new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
        async (i, token) => await shop.NewClient().SignInAsync(shop.Addresses[i % shop.Addresses.Count], $"{user}-{i}", token));

    private static async Task<double> CountAsync(RawRedis store, Func<int, Task> ask, CancellationToken cancellationToken)
    {
        var (quietSince, quietBefore) = (DateTime.UtcNow, await BytesAsync(store, cancellationToken));
        await Task.Delay(Quiet, cancellationToken);
        var (since, before) = (DateTime.UtcNow, await BytesAsync(store, cancellationToken));
        var quietPerSecond = (before - quietBefore) / (since - quietSince).TotalSeconds;
        for (var i = 0; i < Requests; i++) await ask(i);
        var bytes = await BytesAsync(store, cancellationToken) - before - quietPerSecond * (DateTime.UtcNow - since).TotalSeconds;
        return Math.Max(0, bytes / Requests);
    }

    private static async Task<long> BytesAsync(RawRedis store, CancellationToken cancellationToken)
    {
        // One short reply: it is counted too.
        var stats = await store.SendAsync(["INFO", "stats"], cancellationToken);
        return Number(stats, "total_net_input_bytes") + Number(stats, "total_net_output_bytes");
    }

    private static async Task<long> UsedMemoryAsync(RawRedis store, CancellationToken cancellationToken) =>
        Number(await store.SendAsync(["INFO", "memory"], cancellationToken), "used_memory");

    private static long Number(string info, string name) =>
        long.Parse(info.Split('\n').First(line => line.StartsWith($"{name}:", StringComparison.Ordinal)).Split(':')[1].Trim(), CultureInfo.InvariantCulture);

    private long ResidentKib() => shop.Replicas.Sum(replica =>
    {
        using var process = System.Diagnostics.Process.GetProcessById(replica.ProcessId!.Value);
        return process.WorkingSet64 / 1024;
    });
}
