using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;

namespace ShopSession.Hosting;

/// <summary>
/// Changes the environment of a resource while the application runs, and restarts its replicas so that they see it. This runner's own: Aspire has no such thing. Safe for concurrent use.
/// </summary>
internal sealed class ResourceEnvironmentService(Orchestrator orchestrator, ProcessEnvironment environment, EnvironmentOverrides overrides)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    /// <summary>The resource of that name, if it runs as processes.</summary>
    public ResourceRun? Find(string resource) => orchestrator.Runs.FirstOrDefault(run => string.Equals(run.Resource.Name, resource, StringComparison.OrdinalIgnoreCase));

    public string Unknown(string resource) => $"There is no resource '{resource}' that runs as processes. There are: {string.Join(", ", orchestrator.Runs.Select(run => run.Resource.Name))}.";

    /// <summary>What is wrong with a change; <see langword="null"/>: nothing.</summary>
    public string? Problem(IReadOnlyDictionary<string, string?> variables) => EnvironmentRules.Problem(variables, environment.NotHandedOn);

    /// <summary>The names that are overridden now.</summary>
    public IReadOnlyList<string> Overridden(IResource resource) => [.. overrides.Of(resource).Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>
    /// Sets variables of a resource (<see langword="null"/> takes one back) and restarts all of its replicas at once: half of them on other settings would be neither the one system nor
    /// the other. Those that were stopped on purpose stay so. Returns when the new processes are under way, not yet healthy.
    /// </summary>
    /// <returns>The replicas that were restarted.</returns>
    public async Task<IReadOnlyList<string>> ChangeAsync(ResourceRun run, IReadOnlyDictionary<string, string?> variables)
    {
        overrides.Change(run.Resource, variables);
        var restarted = run.Replicas.Where(IsWanted).ToArray();
        // Whoever asked may go away meanwhile; what was ended is started all the same.
        await Task.WhenAll(restarted.Select(replica => replica.RestartAsync(Grace, CancellationToken.None)));
        return [.. restarted.Select(replica => replica.Name)];
    }

    /// <summary>One that has not been started yet sees the change when it is; one that was ended on purpose stays ended.</summary>
    private static bool IsWanted(Replica replica) => replica.Status is { ProcessId: not null } or { NextStartAt: not null }
        or { State: nameof(KnownResourceStates.Starting) } or { State: nameof(KnownResourceStates.FailedToStart) };
}
