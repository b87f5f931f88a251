namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource waits for.</summary>
public enum WaitType
{
    /// <summary>All replicas of the other one run and are healthy.</summary>
    WaitUntilHealthy,

    /// <summary>The other one has ended.</summary>
    WaitForCompletion,

    /// <summary>All replicas of the other one run.</summary>
    WaitUntilStarted,
}

/// <summary>What becomes of a waiting resource when the other one fails to start.</summary>
public enum WaitBehavior
{
    /// <summary>It goes on waiting: the other one may be started again.</summary>
    WaitOnResourceUnavailable = 0,

    /// <summary>It fails to start too.</summary>
    StopOnResourceUnavailable = 1,
}

/// <summary>A resource waits for another one before it starts.</summary>
/// <param name="resource">The other one.</param>
/// <param name="waitType">What is waited for.</param>
/// <param name="exitCode">The exit code that counts as success, for <see cref="WaitType.WaitForCompletion"/>.</param>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other one.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>The exit code that counts as success.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What happens when the other one fails; <see langword="null"/>: it follows from whether there is a page to start it again from.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}
