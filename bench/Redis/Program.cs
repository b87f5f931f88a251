using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using ShopSession.Redis.Bench;

// load [seconds]   throughput at 1, 32 and 256 callers beside redis-benchmark of the same run
// allocations      bytes per command and time of a near-cache hit, measured in this process (short)
// anything else    BenchmarkDotNet, with its own arguments: --filter '*'
return args switch
{
    ["load", .. var rest] => await LoadProgram.RunAsync(rest.Length > 0 ? double.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 3),
    ["allocations"] => await AllocationProgram.RunAsync(),
    // In this process: BenchmarkDotNet's own project would not see the repository's settings for the package feed.
    // Without emitted code: that one does not await an asynchronous set-up.
    _ => BenchmarkSwitcher.FromAssembly(typeof(LoadProgram).Assembly)
        .Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))).All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1,
};
