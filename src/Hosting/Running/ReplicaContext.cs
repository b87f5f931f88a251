using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Logs;
using Aspire.Hosting.Processes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>What a replica needs from those around it.</summary>
internal sealed class ReplicaContext
{
    public required IProcessLauncher Launcher { get; init; }

    public required TimeProvider Time { get; init; }

    public HealthCheckService? HealthChecks { get; init; }

    public required Func<Replica, CancellationToken, ValueTask<ProcessSpec>> PrepareAsync { get; init; }

    /// <summary>Called at each change, in order, with the replica's lock held: must not wait for anything.</summary>
    public required Action<Replica> OnChange { get; init; }

    public required Action<Replica, ReplicaLogLine> OnLine { get; init; }

    /// <summary>Whether the application is still on its way to being ready for the first time.</summary>
    public required Func<bool> IsStarting { get; init; }

    /// <summary>Whether somebody waits for the resource to end: then it is a job, which runs once.</summary>
    public required Func<IResource, bool> IsJob { get; init; }

    /// <summary>A server that ends by itself has failed, whatever its exit code; anything else that ends with 0 is done.</summary>
    public bool StaysDown(IResource resource, int exitCode) =>
        IsJob(resource) || (exitCode == 0 && !resource.Annotations.OfType<EndpointAnnotation>().Any());
}
