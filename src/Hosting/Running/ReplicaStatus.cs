using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>How one replica is doing. Immutable.</summary>
internal sealed record ReplicaStatus
{
    public string State { get; init; } = KnownResourceStates.NotStarted;

    /// <summary><see langword="null"/> while it does not run.</summary>
    public HealthStatus? Health { get; init; }

    /// <summary>Why it is not healthy, why it failed to start, or what it waits for.</summary>
    public string? Reason { get; init; }

    public int? ProcessId { get; init; }

    public int? ExitCode { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>When a crashed replica is started again.</summary>
    public DateTimeOffset? NextStartAt { get; init; }

    public int Restarts { get; init; }

    public bool IsReady => State == KnownResourceStates.Running && Health == HealthStatus.Healthy;
}
