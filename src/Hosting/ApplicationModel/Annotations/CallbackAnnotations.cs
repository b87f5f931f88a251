using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds environment variables when a process is about to start, or when the manifest is written.</summary>
/// <param name="callback">Adds them.</param>
public sealed class EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Adds the variables.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>What an environment callback works on.</summary>
/// <param name="executionContext">What the application is doing.</param>
/// <param name="resource">The resource.</param>
/// <param name="environmentVariables">The variables so far.</param>
/// <param name="cancellationToken">Ends the work.</param>
public sealed class EnvironmentCallbackContext(
    DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null,
    CancellationToken cancellationToken = default)
{
    /// <summary>The variables: strings, or <see cref="IValueProvider"/>s whose value is asked for later.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];

    /// <summary>What the application is doing.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Where to say what happened.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>Adds command-line arguments when a process is about to start, or when the manifest is written.</summary>
/// <param name="callback">Adds them.</param>
public sealed class CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Adds the arguments.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>What an argument callback works on.</summary>
/// <param name="args">The arguments so far.</param>
/// <param name="resource">The resource.</param>
/// <param name="cancellationToken">Ends the work.</param>
public sealed class CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments: strings, or <see cref="IValueProvider"/>s whose value is asked for later.</summary>
    public IList<object> Args { get; } = args;

    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What the application is doing.</summary>
    public required DistributedApplicationExecutionContext ExecutionContext { get; init; }

    /// <summary>Where to say what happened.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}
