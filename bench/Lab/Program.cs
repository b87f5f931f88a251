using System.Globalization;
using ShopSession.Lab.Bench.CommandLine;
using ShopSession.Lab.Bench.Jobs;
using ShopSession.Lab.Bench.Reports;
using ShopSession.Lab.Bench.Results;
using ShopSession.Lab.Bench.Running;

// How the tests' helpers begin their message when a server that they need is not installed.
const string SkipToken = "$XunitDynamicSkip$";

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(LabOptions.Help);
    return 0;
}

LabOptions options;
IReadOnlyList<Job> jobs;
Report report;
ResultFiles files;
try
{
    options = LabOptions.Parse(args);
    jobs = options.ReportOnly ? [] : JobList.Of(options);
    files = new ResultFiles(options.Output ?? Repository.PathTo("docs", "lab"));
    report = new Report(files, options.Output is null ? Repository.PathTo("docs", "strategies.md") : null);
}
catch (ArgumentException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}

if (options.ListOnly)
{
    foreach (var job in jobs) Console.WriteLine($"{job.Name}{(files.Has(job.File) ? " (measured)" : "")}");
    return 0;
}

using var end = new CancellationTokenSource();
Console.CancelKeyPress += (_, signal) =>
{
    signal.Cancel = true;
    end.Cancel();
};

var (number, failed) = (0, 0);
var since = TimeProvider.System.GetTimestamp();
await using (var runner = new JobRunner(options, Console.WriteLine))
{
    foreach (var job in jobs)
    {
        var progress = string.Create(CultureInfo.InvariantCulture, $"[{++number}/{jobs.Count}, {TimeProvider.System.GetElapsedTime(since):h\\:mm\\:ss}] {job.Name}");
        if (!options.Again && files.Has(job.File))
        {
            Console.WriteLine($"{progress}: measured already");
            continue;
        }

        Console.WriteLine(progress);
        try
        {
            files.Write(job.File, await runner.MeasureAsync(job, end.Token));
            report.Write();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            Console.WriteLine("Stopped. What was measured is kept; the next run goes on from there.");
            return 130;
        }
        catch (Exception problem) when (problem is LabException or HttpRequestException or TimeoutException or OperationCanceledException or InvalidOperationException or Xunit.Sdk.SkipException or Aspire.Hosting.DistributedApplicationException)
        {
            failed++;
            await Console.Error.WriteLineAsync($"{job.Name}: not measured: {problem.Message.Replace(SkipToken, "", StringComparison.Ordinal)}");
            await runner.EndShopAsync();
        }
    }
}

report.Write();
Console.WriteLine($"The report: {Path.Combine(files.Folder, "README.md")} and index.html beside it.");
return failed == 0 ? 0 : 1;
