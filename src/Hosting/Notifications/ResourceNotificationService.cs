using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells how the resources are doing. Safe for concurrent use.</summary>
public class ResourceNotificationService
{
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableList<Channel<ResourceEvent>> _watchers = [];

    /// <summary>What is known of a replica, by its own name (<c>cart-2</c>), or by its resource's name where it has only one.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        ArgumentException.ThrowIfNullOrEmpty(resourceId);
        return _current.TryGetValue(resourceId, out resourceEvent)
            || (resourceEvent = EventsOf(resourceId) is [var only] ? only : null) is not null;
    }

    /// <summary>All current states first, then every change. A reader that stays behind sees the latest ones.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<ResourceEvent>(
            new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        ImmutableInterlocked.Update(ref _watchers, static (list, added) => list.Add(added), channel);
        try
        {
            foreach (var known in _current.Values.ToArray())
                yield return known;
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
                yield return change;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, static (list, removed) => list.Remove(removed), channel);
        }
    }

    /// <summary>Waits until a replica of the resource is in a state (<see cref="KnownResourceStates.Running"/> when none is named).</summary>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a replica of the resource is in one of the states, and says in which.</summary>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = await WaitForResourceAsync(resourceName, e => e.Snapshot.State is { } state && wanted.Contains(state.Text), cancellationToken);
        return found.Snapshot.State!.Text;
    }

    /// <summary>Waits until a replica of the resource meets a condition.</summary>
    /// <param name="resourceName">The resource's name, or the replica's own.</param>
    /// <param name="predicate">The condition.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
            if (Concerns(change, resourceName) && predicate(change))
                return change;
        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Waits until all replicas of the resource run and are healthy.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, WaitBehavior.WaitOnResourceUnavailable, cancellationToken);

    /// <summary>Waits until all replicas of the resource run and are healthy.</summary>
    /// <param name="resourceName">The resource's name, or a replica's own.</param>
    /// <param name="waitBehavior">What to do when one of them fails to start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DistributedApplicationException">A replica failed to start, and <paramref name="waitBehavior"/> says to give up then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
        {
            if (!Concerns(change, resourceName))
                continue;
            if (waitBehavior == WaitBehavior.StopOnResourceUnavailable && change.Snapshot.State?.Text == KnownResourceStates.FailedToStart)
                throw new DistributedApplicationException($"'{change.ResourceId}' failed to start, so it will not become healthy. Its log says why.");
            if (EventsOf(resourceName) is { Count: > 0 } all && all.All(e => e.Snapshot.HealthStatus == HealthStatus.Healthy))
                return change;
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>Changes what is known of a resource that has no process.</summary>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory) =>
        PublishUpdateAsync(resource, resource.Name, stateFactory);

    /// <summary>Changes what is known of a replica.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        var before = _current.TryGetValue(resourceId, out var known) ? known.Snapshot : new CustomResourceSnapshot { ResourceType = resource.GetType().Name };
        Publish(new ResourceEvent(resource, resourceId, stateFactory(before)));
        return Task.CompletedTask;
    }

    internal void Publish(ResourceEvent change)
    {
        _current[change.ResourceId] = change;
        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(change);
    }

    private List<ResourceEvent> EventsOf(string name) => [.. _current.Values.Where(e => Concerns(e, name))];

    private static bool Concerns(ResourceEvent change, string name) =>
        string.Equals(change.Resource.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(change.ResourceId, name, StringComparison.OrdinalIgnoreCase);
}
