using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ShopSession.Redis.Embedded;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

// Opened now: when no file handle is left, there would be none to say so.
await using var reports = new ReportWriter(Console.Error);
using var stopping = new CancellationTokenSource();

void Stop(PosixSignalContext context)
{
    // The default would end the process at once.
    context.Cancel = true;
    stopping.Cancel();
}

// Before anything else: loading may take a moment, and it must be possible to stop it as well.
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    var started = Stopwatch.GetTimestamp();
    var options = CommandLine.Parse(args, Environment.GetEnvironmentVariable(CommandLine.PasswordVariable)) with { Report = reports.Write };
    await using var server = await EmbeddedRedisServer.StartAsync(options, stopping.Token);
    var kept = options.Directory is null ? "nothing is kept" : $"{server.LoadedKeys} keys from {Path.GetFullPath(options.Directory)}";
    var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"embedded store ready on {options.Bind}:{server.Port} ({kept}, {elapsed:0} ms)"));
    using var stop = stopping.Token.Register(() => _ = server.StopAsync());
    await server.Completion;
    return 0;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 0;
}
catch (EmbeddedRedisException e)
{
    reports.Write(e.Message);
    return 1;
}
