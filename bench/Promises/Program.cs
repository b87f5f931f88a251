using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ShopSession.Promises.Bench.CommandLine;
using ShopSession.Promises.Bench.Promises;
using ShopSession.Promises.Bench.Reports;
using ShopSession.Promises.Bench.Running;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(BenchArguments.Usage);
    return 0;
}

BenchOptions options;
try
{
    options = BenchArguments.Parse(args);
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")) || File.Exists(Path.Combine(folder, "valkey-server"))))
{
    await Console.Error.WriteLineAsync("Neither redis-server nor valkey-server is on the PATH. The promises are proved on a real one: install it (Debian: redis-server).");
    return 1;
}

// Ended from outside, everything that was started is ended first.
using var interrupted = new CancellationTokenSource();
using var sigint = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var sigterm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
var started = Stopwatch.GetTimestamp();
try
{
    var rows = await new PromiseRunner(options, Console.Error).RunAsync(AllPromises.InOrder, interrupted.Token);
    foreach (var line in ResultTable.Lines(rows)) Console.WriteLine(line);
    foreach (var row in rows)
        foreach (var example in row.Examples) Console.WriteLine($"violation of {row.Promise}: {example}");
    var violations = rows.Sum(row => row.Violations);
    Console.WriteLine($"{rows.Sum(row => row.Trials):N0} trials, {violations:N0} violations in {Stopwatch.GetElapsedTime(started):mm\\:ss} min; 3 services x {options.Replicas} replicas, seed {options.Seed}");
    if (options.JsonFile is { } file) await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { options, rows }, new JsonSerializerOptions(JsonSerializerOptions.Web) { WriteIndented = true }));
    return violations == 0 ? 0 : 1;
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Interrupted; everything that was started is ended.");
    return 130;
}

void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
