using System.Runtime.CompilerServices;
using Aspire.Hosting.Logs;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a replica's output.</summary>
/// <param name="LineNumber">Its number in the replica's output, from 1.</param>
/// <param name="Content">The line.</param>
/// <param name="IsErrorMessage">Whether it came from the standard error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Gives the output of replicas. Safe for concurrent use.</summary>
public class ResourceLoggerService
{
    private readonly Orchestrator _orchestrator;

    internal ResourceLoggerService(Orchestrator orchestrator) => _orchestrator = orchestrator;

    /// <summary>What a replica has written and what it writes from now on.</summary>
    /// <param name="resourceName">The replica's name (<c>cart-2</c>), or its resource's where there is only one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(
        string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var line in Find(resourceName).Log.FollowAsync(0, cancellationToken))
            yield return [Convert(line)];
    }

    /// <summary>What a replica has written; the last 3,000 lines are kept, over restarts.</summary>
    /// <param name="resourceName">The replica's name (<c>cart-2</c>), or its resource's where there is only one.</param>
    public IReadOnlyList<LogLine> GetAll(string resourceName) => [.. Find(resourceName).Log.Read().Select(Convert)];

    private Replica Find(string name) =>
        _orchestrator.Replicas.FirstOrDefault(replica => string.Equals(replica.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? _orchestrator.Replicas.FirstOrDefault(replica => string.Equals(replica.Resource.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no replica '{name}'. There are: {string.Join(", ", _orchestrator.Replicas.Select(r => r.Name))}.", nameof(name));

    private static LogLine Convert(ReplicaLogLine line) => new((int)line.Sequence, line.Text, line.IsError);
}
