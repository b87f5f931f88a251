using ShopSession.Promises.Bench.CommandLine;
using ShopSession.Promises.Bench.Http;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Running;

/// <summary>What a promise is tried with. Safe for concurrent use.</summary>
internal sealed class Trial(BenchOptions options, BenchShop shop)
{
    public BenchOptions Options => options;

    public BenchShop Shop => shop;

    public LabClient Lab => Shop.Lab;

    public IReadOnlyList<ShopReplica> ShopReplicas(string service) => Shop.ReplicasOf(service);

    /// <summary>How often to try.</summary>
    public int Count(int full, int quick) => options.Quick ? quick : full;

    /// <summary>Runs <paramref name="body"/> for each number from 0, several at a time, each with random numbers of its own that the seed gives.</summary>
    public Task EachAsync(int count, int parallel, Func<int, Random, CancellationToken, Task> body, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (i, token) => await body(i, new Random(unchecked((options.Seed * 31) + i)), token));
}
