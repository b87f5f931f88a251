using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of commands that every replica knows.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts a stopped replica.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Ends a replica and leaves it ended.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Ends and starts a replica.</summary>
    public static readonly string RestartCommand = "restart";
}

/// <summary>How a command went.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it did what it is for.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was given up.</summary>
    public bool Canceled { get; init; }

    /// <summary>What happened.</summary>
    public string? Message { get; init; }
}

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    /// <summary>It worked.</summary>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>It worked.</summary>
    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    /// <summary>It did not work.</summary>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    /// <summary>It did not work.</summary>
    public static ExecuteCommandResult Failure(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Failure(exception.Message);
    }

    /// <summary>It was given up.</summary>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}

/// <summary>Starts, stops and restarts replicas. Safe for concurrent use.</summary>
public class ResourceCommandService
{
    // Kill is this runner's own: a crash to order. The replica is started again, as after any crash.
    internal const string KillCommand = "kill";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    private readonly IServiceProvider _services;

    internal ResourceCommandService(IServiceProvider services) => _services = services;

    /// <summary>Carries out a command on one replica.</summary>
    /// <param name="resourceId">The replica's name (<c>cart-2</c>), or its resource's where there is only one.</param>
    /// <param name="commandName"><c>start</c>, <c>stop</c>, <c>restart</c> or <c>kill</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var replicas = _services.GetRequiredService<Orchestrator>().Replicas.ToArray();
        var byName = replicas.Where(r => string.Equals(r.Name, resourceId, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (byName.Length == 0)
            byName = [.. replicas.Where(r => string.Equals(r.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase))];
        return byName switch
        {
            [var replica] => await ExecuteAsync(replica, commandName, cancellationToken),
            [] => CommandResults.Failure($"There is no replica '{resourceId}'. There are: {string.Join(", ", replicas.Select(r => r.Name))}."),
            _ => CommandResults.Failure($"'{resourceId}' has several replicas; name one: {string.Join(", ", byName.Select(r => r.Name))}."),
        };
    }

    /// <summary>Carries out a command on all replicas of a resource at once.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var replicas = _services.GetRequiredService<Orchestrator>().Replicas.Where(replica => replica.Resource == resource);
        var results = await Task.WhenAll(replicas.Select(replica => ExecuteAsync(replica, commandName, cancellationToken)));
        return Array.Find(results, result => !result.Success)
            ?? (results.Length > 0 ? CommandResults.Success() : CommandResults.Failure($"'{resource.Name}' does not run as a process."));
    }

    private static async Task<ExecuteCommandResult> ExecuteAsync(Replica replica, string command, CancellationToken cancellationToken)
    {
        switch (command)
        {
            case "start":
                await replica.StartAsync(cancellationToken);
                return CommandResults.Success();
            case "stop":
                await replica.StopAsync(Grace, cancellationToken);
                return CommandResults.Success();
            case "restart":
                await replica.RestartAsync(Grace, cancellationToken);
                return CommandResults.Success();
            case KillCommand:
                return replica.Kill() ? CommandResults.Success() : CommandResults.Failure($"'{replica.Name}' has no process now ({replica.Status.State}).");
            default:
                return CommandResults.Failure($"There is no command '{command}'. There are: start, stop, restart, kill.");
        }
    }
}
