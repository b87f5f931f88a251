using BenchmarkDotNet.Running;
using ShopSession.Redis.Bench;

// load [seconds]   throughput at 1, 32 and 256 callers beside redis-benchmark of the same run
// allocations      bytes per command and time of a near-cache hit, measured in this process (short)
// anything else    BenchmarkDotNet, with its own arguments: --filter '*'
return args switch
{
    ["load", .. var rest] => await LoadProgram.RunAsync(rest.Length > 0 ? double.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 3),
    ["allocations"] => await AllocationProgram.RunAsync(),
    _ => BenchmarkSwitcher.FromAssembly(typeof(LoadProgram).Assembly).Run(args).Any() ? 0 : 1,
};
