using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;
using Aspire.Hosting.Running;
using Aspire.Hosting.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ShopSession.Hosting;

namespace Aspire.Hosting;

/// <summary>One run from the command line: help, manifest, or the application until Ctrl+C.</summary>
internal sealed class ApplicationRun(DistributedApplication application, RunnerConsole console, DistributedApplicationOptions options)
{
    private static readonly TimeSpan StillWaitingAfter = TimeSpan.FromSeconds(20);

    private readonly RunnerEnvironment _environment = application.Services.GetRequiredService<RunnerEnvironment>();
    private readonly Orchestrator _orchestrator = application.Services.GetRequiredService<Orchestrator>();
    private readonly TimeProvider _time = application.Services.GetRequiredService<TimeProvider>();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Args?.Any(argument => argument is "--help" or "-h" or "-?") ?? false)
        {
            console.Help();
            return;
        }

        if (_environment.Problems.Count > 0)
            throw new DistributedApplicationException(string.Join(System.Environment.NewLine, _environment.Problems));
        if (application.Services.GetRequiredService<DistributedApplicationExecutionContext>().IsPublishMode)
        {
            console.Line($"Wrote {await application.Services.GetRequiredService<ManifestPublisher>().PublishAsync(cancellationToken)}");
            return;
        }

        await RunApplicationAsync(cancellationToken);
    }

    private async Task RunApplicationAsync(CancellationToken cancellationToken)
    {
        var lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
        using var cancelled = cancellationToken.Register(lifetime.StopApplication);
        using var terminalClosed = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            lifetime.StopApplication();
        });
        using var starter = StarterWatch.Begin(lifetime.StopApplication, _time);
        using var reporter = new ConsoleReporter(console, application.Services.GetRequiredService<ReplicaNotifier>(), _environment.ConsoleLevel);
        var begin = _time.GetTimestamp();
        try
        {
            await application.StartAsync(lifetime.ApplicationStopping);
            console.Starting(_orchestrator.Runs);
            await WaitUntilReadyAsync(reporter, lifetime.ApplicationStopping);
            reporter.Show();
            console.Ready(_time.GetElapsedTime(begin), new Announcement(application, _environment, options).Lines());
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to end before it was ready.
        }
        finally
        {
            reporter.Quiet();
            await StopAsync();
        }
    }

    private async Task WaitUntilReadyAsync(ConsoleReporter reporter, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.WhenAny(_orchestrator.Ready, Task.Delay(StillWaitingAfter, _time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            if (_orchestrator.Ready.IsCompleted)
                break;
            reporter.Show();
            foreach (var replica in _orchestrator.Replicas.Where(replica => !replica.Ready.IsCompleted))
                console.Line($"Still not ready: {replica.Name} ({replica.Status.State}{(replica.Status.Reason is { } reason ? $", {reason}" : "")})");
        }

        await _orchestrator.Ready;
    }

    private async Task StopAsync()
    {
        if (_orchestrator.Replicas.Any(replica => replica.Status.ProcessId is not null))
            console.Line("Ending everything …");
        using var impatient = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            // A second Ctrl+C: at once.
            context.Cancel = true;
            foreach (var replica in _orchestrator.Replicas)
                replica.Kill();
        });
        var begin = _time.GetTimestamp();
        await application.StopAsync(CancellationToken.None);
        if (_orchestrator.Runs.Count > 0)
            console.Line($"Everything has ended ({_time.GetElapsedTime(begin).TotalSeconds:0.0} s).");
    }
}
