using System.Collections.Immutable;
using ShopSession.Sessions.Stores.Memory;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>The peers that listen to this replica. Safe for concurrent use.</summary>
internal sealed class PeerHub
{
    private ImmutableArray<PeerSubscriber> _subscribers = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many peers listen.</summary>
    public int Count => _subscribers.Length;

    /// <summary>Done when the next peer comes: it has just started or returned, so it is worth calling.</summary>
    public Task NextArrival => Volatile.Read(ref _news).Task;

    public void Publish(MemoryChange change)
    {
        var subscribers = _subscribers;
        if (subscribers.IsEmpty) return;
        // Written once for all. In order, since changes are published under the state's lock.
        var bytes = ChangeWriter.Write(change);
        foreach (var subscriber in subscribers) subscriber.Queue(bytes);
    }

    public void Add(PeerSubscriber subscriber)
    {
        ImmutableInterlocked.Update(ref _subscribers, static (all, one) => all.Add(one), subscriber);
        Interlocked.Exchange(ref _news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    public void Remove(PeerSubscriber subscriber) => ImmutableInterlocked.Update(ref _subscribers, static (all, one) => all.Remove(one), subscriber);
}
