using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Logs;

namespace Aspire.Hosting.Running;

/// <summary>Passes on what happens to replicas: as snapshots, to those who wait, and to the console.</summary>
internal sealed class ReplicaNotifier(ResourceNotificationService notifications, DistributedApplicationExecutionContext context)
{
    private readonly ConcurrentDictionary<IResource, IReadOnlyList<ResourceUrlAnnotation>> _urls = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A replica has changed. Called in order, with its lock held.</summary>
    public event Action<Replica>? ReplicaChanged;

    /// <summary>A replica has written a line.</summary>
    public event Action<Replica, ReplicaLogLine>? LineWritten;

    /// <summary>The addresses of a resource, for people.</summary>
    public IReadOnlyList<ResourceUrlAnnotation> UrlsOf(IResource resource) => _urls.GetValueOrDefault(resource, []);

    /// <summary>Makes everything known before anything starts.</summary>
    public async Task PrepareAsync(IEnumerable<ResourceRun> runs, DistributedApplicationModel model, CancellationToken cancellationToken)
    {
        foreach (var resource in model.Resources)
            _urls[resource] = await ResourceUrls.CollectAsync(resource, context, cancellationToken);
        foreach (var replica in runs.SelectMany(run => run.Replicas))
            Changed(replica);
    }

    public void Changed(Replica replica)
    {
        notifications.Publish(new ResourceEvent(replica.Resource, replica.Name, ReplicaSnapshot.Of(replica, UrlsOf(replica.Resource))));
        ReplicaChanged?.Invoke(replica);
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public void Wrote(Replica replica, ReplicaLogLine line) => LineWritten?.Invoke(replica, line);

    /// <summary>Waits until a condition on the replicas is met; looked at again at every change.</summary>
    public async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (condition())
                return;
            await changed.WaitAsync(cancellationToken);
        }
    }
}
