using ShopSession.Sessions.Bench;
using ShopSession.Sessions.Bench.Servers;

// serve STACK CONNECTION   one server process; started by the benchmark itself
// anything else            the benchmark; --help lists its arguments
if (args is ["serve", var stack, var redis]) return await BenchServer.RunAsync(Stack.Parse(stack), redis);
if (args.Contains("--help"))
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}

return await SessionBenchmark.RunAsync(BenchOptions.Parse(args), Console.Out);
