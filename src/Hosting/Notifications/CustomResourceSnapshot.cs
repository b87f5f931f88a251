using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of one replica at one moment. Immutable.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary><c>Project</c>, <c>Executable</c>, <c>Container</c>, <c>Parameter</c>, <c>ConnectionString</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>What else is known, by name.</summary>
    public ImmutableArray<ResourcePropertySnapshot> Properties { get; init; } = [];

    /// <summary>The state.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>Whether it is healthy; <see langword="null"/> while it does not run.</summary>
    public HealthStatus? HealthStatus { get; init; }

    /// <summary>Why it is not healthy.</summary>
    public string? HealthDescription { get; init; }

    /// <summary>How it ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When its process was started.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When its process ended.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>Its environment variables.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Its addresses.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>The process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>How often its process was started again.</summary>
    public int Restarts { get; init; }
}

/// <summary>A state and how to show it.</summary>
/// <param name="Text">A word of <see cref="KnownResourceStates"/>.</param>
/// <param name="Style">A word of <see cref="KnownResourceStateStyles"/>.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a style.</summary>
    public static implicit operator ResourceStateSnapshot?(string? text) => text is null ? null : new(text, null);
}

/// <summary>A property of a replica.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether the value is to be kept out of sight.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>An environment variable of a replica.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsFromSpec">Whether the model gives it.</param>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>An address of a replica.</summary>
/// <param name="Name">The endpoint's name.</param>
/// <param name="Url">The address.</param>
/// <param name="IsInternal">Whether it is left out of the summary.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>What is shown for it.</summary>
    public string? DisplayText { get; init; }
}

/// <summary>One replica has changed.</summary>
/// <param name="resource">Its resource.</param>
/// <param name="resourceId">Its own name, for example <c>cart-2</c>.</param>
/// <param name="snapshot">What is known of it now.</param>
public sealed class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>Its resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Its own name.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>What is known of it.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
