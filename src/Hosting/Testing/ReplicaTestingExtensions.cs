using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShopSession.Hosting;

/// <summary>One replica, as it is at the moment.</summary>
/// <param name="Resource">Its resource's name, for example <c>cart</c>.</param>
/// <param name="Name">Its own name, for example <c>cart-2</c>.</param>
/// <param name="State">A word of <see cref="KnownResourceStates"/>.</param>
/// <param name="Health">Whether it is healthy; <see langword="null"/> while it does not run.</param>
/// <param name="Url">Its own address.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Restarts">How often its process was started again.</param>
/// <param name="ExitCode">How its process ended, if it has none now.</param>
public sealed record ReplicaInfo(
    string Resource, string Name, string State, HealthStatus? Health, string? Url, int? ProcessId, int Restarts, int? ExitCode);

/// <summary>What this runner can do in tests beyond the common API: replicas have names and addresses of their own.</summary>
public static class ReplicaTestingExtensions
{
    /// <summary>All replicas, or those of one resource.</summary>
    public static IReadOnlyList<ReplicaInfo> GetReplicas(this DistributedApplication app, string? resourceName = null) =>
        [.. Orchestrator(app).Replicas.Where(replica => resourceName is null || replica.Resource.Name == resourceName).Select(Describe)];

    /// <summary>One replica.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ReplicaInfo GetReplica(this DistributedApplication app, string replicaName) => Describe(Find(app, replicaName));

    /// <summary>Kills a replica's process (SIGKILL); the runner starts it again, as after a crash.</summary>
    public static void KillReplica(this DistributedApplication app, string replicaName)
    {
        if (!Find(app, replicaName).Kill())
            throw new InvalidOperationException($"'{replicaName}' has no process to kill.");
    }

    /// <summary>Ends a replica and leaves it ended.</summary>
    public static Task StopReplicaAsync(this DistributedApplication app, string replicaName, CancellationToken cancellationToken = default) =>
        CommandAsync(app, replicaName, KnownResourceCommands.StopCommand, cancellationToken);

    /// <summary>Starts a stopped replica.</summary>
    public static Task StartReplicaAsync(this DistributedApplication app, string replicaName, CancellationToken cancellationToken = default) =>
        CommandAsync(app, replicaName, KnownResourceCommands.StartCommand, cancellationToken);

    /// <summary>Sets environment variables of a resource and restarts its replicas, all at once; <see langword="null"/> takes a variable back. Returns before they are healthy again.</summary>
    /// <returns>The replicas that were restarted.</returns>
    /// <exception cref="ArgumentException">There is no such resource, or a variable cannot be set.</exception>
    public static Task<IReadOnlyList<string>> ChangeEnvironmentAsync(this DistributedApplication app, string resourceName, IReadOnlyDictionary<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(variables);
        var service = app.Services.GetRequiredService<ResourceEnvironmentService>();
        var run = service.Find(resourceName) ?? throw new ArgumentException(service.Unknown(resourceName), nameof(resourceName));
        return service.Problem(variables) is { } problem ? throw new ArgumentException(problem, nameof(variables)) : service.ChangeAsync(run, variables);
    }

    /// <summary>Waits until everything that starts by itself is healthy for the first time.</summary>
    /// <exception cref="DistributedApplicationException">That will not happen; the message carries what the failed replica said.</exception>
    public static Task WaitUntilReadyAsync(this DistributedApplication app, CancellationToken cancellationToken = default) =>
        Orchestrator(app).Ready.WaitAsync(cancellationToken);

    /// <summary>Waits until a replica is healthy, with a process other than <paramref name="notProcess"/>.</summary>
    /// <param name="app">The started application.</param>
    /// <param name="replicaName">The replica.</param>
    /// <param name="notProcess">The process that was killed before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ReplicaInfo> WaitForReplicaHealthyAsync(
        this DistributedApplication app, string replicaName, int? notProcess = null, CancellationToken cancellationToken = default)
    {
        var replica = Find(app, replicaName);
        await app.Services.GetRequiredService<ReplicaNotifier>().WaitAsync(
            () => replica.Status is { IsReady: true, ProcessId: { } process } && process != notProcess, cancellationToken);
        return Describe(replica);
    }

    /// <summary>The output of a replica: the last 3,000 lines, over restarts.</summary>
    public static IReadOnlyList<string> GetReplicaLog(this DistributedApplication app, string replicaName) =>
        [.. Find(app, replicaName).Log.Read().Select(line => line.Text)];

    /// <summary>Where the application keeps its data.</summary>
    public static string GetDataDirectory(this DistributedApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<RunnerEnvironment>().DataDirectory;
    }

    private static async Task CommandAsync(DistributedApplication app, string replica, string command, CancellationToken cancellationToken)
    {
        var result = await app.ResourceCommands.ExecuteCommandAsync(replica, command, cancellationToken);
        if (!result.Success)
            throw new InvalidOperationException(result.Message);
    }

    private static Orchestrator Orchestrator(DistributedApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<Orchestrator>();
    }

    private static Replica Find(DistributedApplication app, string name) =>
        Orchestrator(app).Replicas.FirstOrDefault(replica => string.Equals(replica.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no replica '{name}'. There are: {string.Join(", ", Orchestrator(app).Replicas.Select(r => r.Name))}.", nameof(name));

    private static ReplicaInfo Describe(Replica replica)
    {
        var status = replica.Status;
        return new(replica.Resource.Name, replica.Name, status.State, status.Health, ReplicaSnapshot.UrlOf(replica), status.ProcessId, status.Restarts, status.ExitCode);
    }
}
