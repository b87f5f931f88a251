using System.Globalization;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Measuring;
using ShopSession.Lab.Bench.Reports;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(LabOptions.Help);
    return 0;
}

LabOptions options;
try
{
    options = LabOptions.Parse(args);
}
catch (ArgumentException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}

using var end = new CancellationTokenSource();
Console.CancelKeyPress += (_, signal) =>
{
    signal.Cancel = true;
    end.Cancel();
};

var files = new ResultFiles();
var cells = Cells.All.Where(cell => (options.Strategy ?? cell.Strategy) == cell.Strategy && (options.Policy ?? cell.Policy) == cell.Policy).ToList();
if (cells.Count == 0)
{
    await Console.Error.WriteLineAsync($"No such cell. There are: {string.Join(", ", Cells.All.Select(cell => $"{cell.Strategy}/{cell.Policy}"))}.");
    return 2;
}

var failed = 0;
foreach (var (strategy, policy) in options.ReportOnly ? [] : cells)
{
    var needsCell = options.Again || !files.Cells.Any(cell => cell.Strategy == strategy && cell.Policy == policy);
    var needsStrategy = policy == cells.First(cell => cell.Strategy == strategy).Policy && (options.Again || !files.Strategies.Any(result => result.Strategy == strategy));
    if (!needsCell && !needsStrategy)
    {
        Console.WriteLine($"{strategy} / {policy}: measured already");
        continue;
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{strategy} / {policy}: starting, {options.Replicas} replicas of the measured service"));
    try
    {
        await using var shop = await LabShop.StartAsync(strategy, policy, options.Replicas, end.Token);
        if (needsCell) files.Write(await new CellLab(shop, options, Console.WriteLine).MeasureAsync(strategy, policy, end.Token));
        if (needsStrategy) files.Write(await new StrategyLab(shop, options).MeasureAsync(strategy, end.Token));
        Report.Write(files);
    }
    catch (OperationCanceledException) when (end.IsCancellationRequested)
    {
        Console.WriteLine("Stopped. What was measured is kept; the next run goes on from there.");
        return 130;
    }
    catch (Exception problem) when (problem is LabException or HttpRequestException or TimeoutException or Aspire.Hosting.DistributedApplicationException)
    {
        failed++;
        await Console.Error.WriteLineAsync($"{strategy} / {policy}: not measured: {problem.Message}");
    }
}

Report.Write(files);
Console.WriteLine($"The report: {Path.Combine(files.Lab, "README.md")} and index.html beside it.");
return failed == 0 ? 0 : 1;
