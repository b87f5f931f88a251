using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Running;

/// <summary>Knows how to run a kind of resource as processes.</summary>
internal interface IProcessPlan
{
    /// <summary>Where the resource comes from, for display.</summary>
    string Source { get; }

    /// <summary>What to start for one replica. Asked at every start.</summary>
    /// <param name="replica">The replica.</param>
    /// <param name="environment">Its environment, complete but for what the plan adds.</param>
    /// <param name="arguments">The arguments that the model gives.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask<ProcessSpec> PrepareAsync(
        Replica replica, Dictionary<string, string> environment, IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}
