using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Runs a model: starts everything as soon as what it waits for is there, and ends it in the opposite order.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model, Preflight preflight, ProcessEnvironment environment, IDistributedApplicationEventing eventing,
    ReplicaNotifier notifier, IServiceProvider services, TimeProvider time, HealthCheckService? healthChecks, bool stopWaitingOnFailure)
    : IAsyncDisposable
{
    // All of the end together stays below ten seconds.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(7.5), LayerLimit = TimeSpan.FromSeconds(3), LastLayersReserve = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _starts = [];
    private IProcessLauncher? _launcher;
    private bool _isStarting = true;

    /// <summary>What runs as processes, in the order of the model. Empty before the start.</summary>
    public IReadOnlyList<ResourceRun> Runs { get; private set; } = [];

    public DistributedApplicationModel Model => model;

    /// <summary>The addresses of a resource, for people.</summary>
    public IReadOnlyList<ResourceUrlAnnotation> UrlsOf(IResource resource) => notifier.UrlsOf(resource);

    public IEnumerable<Replica> Replicas => Runs.SelectMany(run => run.Replicas);

    /// <summary>Completes when all that starts by itself is healthy; fails with the reason when that will not happen.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Checks that all can be started, then starts it. Returns when the work is under way.</summary>
    /// <exception cref="DistributedApplicationException">Something is missing; nothing was started.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var runs = await preflight.RunAsync(model, cancellationToken);
        _launcher = ProcessLauncher.Create();
        var context = new ReplicaContext
        {
            Launcher = _launcher,
            Time = time,
            HealthChecks = healthChecks,
            PrepareAsync = PrepareAsync,
            OnChange = notifier.Changed,
            OnLine = notifier.Wrote,
            IsJob = resource => model.Resources.SelectMany(other => other.Annotations.OfType<WaitAnnotation>())
                .Any(wait => wait.WaitType == WaitType.WaitForCompletion && wait.Resource == resource),
            IsStarting = () => Volatile.Read(ref _isStarting),
        };
        Runs = [.. runs.Select(run => new ResourceRun(run.Resource, run.Plan)
        {
            Replicas = [.. Enumerable.Range(0, run.Resource.GetReplicaCount())
                .Select(index => new Replica(run.Resource, index, ResourceRun.NameOf(run.Resource, index), context))],
        })];
        await notifier.PrepareAsync(Runs, model, cancellationToken);
        foreach (var run in Runs)
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(run.Resource, services), cancellationToken);
        foreach (var run in Runs.Where(run => run.StartsByItself))
            _starts.Add(StartAsync(run));
        _ = WatchReadyAsync();
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
    }

    public async Task StopAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        _ready.TrySetCanceled();
        var begin = time.GetTimestamp();
        await Task.WhenAll(_starts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var layers = StopOrder.Layers([.. Runs.Select(run => run.Resource)]);
        for (var i = 0; i < layers.Count; i++)
        {
            var left = StopLimit - time.GetElapsedTime(begin) - LastLayersReserve * (layers.Count - 1 - i);
            var grace = TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, LayerLimit.Ticks));
            await Task.WhenAll(Runs.Where(run => layers[i].Contains(run.Resource)).SelectMany(run => run.Replicas)
                .Select(replica => replica.StopAsync(grace, CancellationToken.None)));
        }

        _launcher?.Dispose();
        preflight.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var replica in Replicas)
            replica.Dispose();
        _stopping.Dispose();
    }

    private async ValueTask<ProcessSpec> PrepareAsync(Replica replica, CancellationToken cancellationToken)
    {
        var variables = await environment.CreateAsync(replica, cancellationToken);
        var arguments = await environment.ArgumentsAsync(replica.Resource, cancellationToken);
        return await Runs.First(run => run.Resource == replica.Resource).Plan.PrepareAsync(replica, variables, arguments, cancellationToken);
    }

    private async Task StartAsync(ResourceRun run)
    {
        try
        {
            await WaitForOthersAsync(run);
            await eventing.PublishAsync(new BeforeResourceStartedEvent(run.Resource, services), _stopping.Token);
        }
        catch (DistributedApplicationException exception)
        {
            foreach (var replica in run.Replicas)
                replica.MarkFailed(exception.Message);
            return;
        }

        // Somebody may have started or stopped a replica while it was waiting.
        await Task.WhenAll(run.Replicas.Where(replica => replica.Status.State is nameof(KnownResourceStates.NotStarted) or nameof(KnownResourceStates.Waiting))
            .Select(replica => replica.StartAsync(_stopping.Token)));
        await Task.WhenAll(run.Replicas.Select(replica => replica.Ready)).WaitAsync(_stopping.Token);
        await eventing.PublishAsync(new ResourceReadyEvent(run.Resource, services), _stopping.Token);
    }

    private async Task WaitForOthersAsync(ResourceRun run)
    {
        foreach (var wait in run.Resource.Annotations.OfType<WaitAnnotation>())
        {
            var others = Runs.FirstOrDefault(other => other.Resource == wait.Resource);
            if (others is null)
                continue;
            foreach (var replica in run.Replicas.Where(replica => !IsOver(others, wait)))
                replica.MarkWaiting($"waits for {wait.Resource.Name}");
            var stop = wait.WaitBehavior is { } behavior ? behavior == WaitBehavior.StopOnResourceUnavailable : stopWaitingOnFailure;
            await notifier.WaitAsync(() => IsOver(others, wait) || Fails(run, others, wait, stop), _stopping.Token);
        }
    }

    private static bool IsOver(ResourceRun others, WaitAnnotation wait) => wait.WaitType switch
    {
        WaitType.WaitUntilHealthy => others.Replicas.All(replica => replica.Status.IsReady),
        WaitType.WaitUntilStarted => others.Replicas.All(replica => replica.Status.State == KnownResourceStates.Running),
        _ => others.Replicas.All(replica => IsEnd(replica.Status) && (replica.Status.ExitCode ?? wait.ExitCode) == wait.ExitCode),
    };

    private static bool IsEnd(ReplicaStatus status) =>
        status.State == KnownResourceStates.Finished || (status.State == KnownResourceStates.Exited && status.NextStartAt is null && status.ExitCode is not null);

    private static bool Fails(ResourceRun run, ResourceRun others, WaitAnnotation wait, bool stop)
    {
        var failed = others.Replicas.FirstOrDefault(replica => replica.Status.State == KnownResourceStates.FailedToStart
            || (wait.WaitType == WaitType.WaitForCompletion && IsEnd(replica.Status) && replica.Status.ExitCode != wait.ExitCode));
        return failed is not null && (stop || wait.WaitType == WaitType.WaitForCompletion)
            ? throw new DistributedApplicationException($"{run.Resource.Name} cannot start, because {failed.Name} {failed.Status.Reason}")
            : false;
    }

    private async Task WatchReadyAsync()
    {
        try
        {
            // The first failure decides: the others may wait for the one that failed.
            var waiting = Runs.Where(run => run.StartsByItself).SelectMany(run => run.Replicas).Select(replica => replica.Ready).Concat(_starts).ToList();
            while (waiting.Count > 0)
            {
                var done = await Task.WhenAny(waiting);
                waiting.Remove(done);
                await done;
            }

            Volatile.Write(ref _isStarting, false);
            _ready.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            _ready.TrySetCanceled();
        }
        catch (DistributedApplicationException exception)
        {
            Volatile.Write(ref _isStarting, false);
            _ready.TrySetException(exception);
        }
    }
}
