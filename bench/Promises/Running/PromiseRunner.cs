using System.Diagnostics;
using ShopSession.Promises.Bench.CommandLine;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Shops;

namespace ShopSession.Promises.Bench.Running;

/// <summary>Tries promises one after the other, those of one shop on one start of it.</summary>
internal sealed class PromiseRunner(BenchOptions options, TextWriter progress)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public async Task<IReadOnlyList<PromiseRow>> RunAsync(IEnumerable<IPromise> promises, CancellationToken cancellationToken)
    {
        var rows = new List<PromiseRow>();
        foreach (var shop in promises.Where(promise => options.Includes(promise.Number)).GroupBy(promise => promise.Shop))
        {
            await SayAsync($"starting a {shop.Key.ToString().ToLowerInvariant()} shop: 3 services x {options.Replicas}, gateway, redis-server");
            await using var running = await BenchShop.StartAsync(shop.Key, options, cancellationToken);
            await TryAllAsync(shop, new Trial(options, running), rows, cancellationToken);
        }

        return [.. rows.OrderBy(row => row.Promise)];
    }

    private async Task TryAllAsync(IEnumerable<IPromise> promises, Trial trial, List<PromiseRow> rows, CancellationToken cancellationToken)
    {
        foreach (var promise in promises)
        {
            await SayAsync($"{promise.Number,2} {promise.Name}");
            var tried = await TryAsync(promise, trial, cancellationToken);
            foreach (var row in tried) await SayAsync($"   {row.Trials:N0} trials, {row.Violations:N0} violations: {row.What}");
            rows.AddRange(tried);
        }
    }

    /// <summary>A promise that could not be tried is not kept: it gets a line that says why, and the others go on.</summary>
    private static async Task<IReadOnlyList<PromiseRow>> TryAsync(IPromise promise, Trial trial, CancellationToken cancellationToken)
    {
        try
        {
            return await promise.TryAsync(trial, cancellationToken);
        }
        catch (Exception problem) when (problem is TrialException or TimeoutException)
        {
            return [new PromiseRow(promise.Number, $"{promise.Name}: could not be tried", 0, 1, null, "", [problem.Message])];
        }
    }

    private Task SayAsync(string text) => progress.WriteLineAsync($"{Stopwatch.GetElapsedTime(_started):mm\\:ss} {text}");
}
