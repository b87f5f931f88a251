using System.Collections.Concurrent;

namespace ShopSession.Redis.Embedded.Execution;

/// <summary>
/// Runs items one at a time, in the order in which they come: that is what makes every command and every transaction atomic. There is
/// no thread of its own: who posts while nothing runs becomes the runner (no hand-over when there is little to do), others only leave
/// their item (no waiting when there is much). Items that are there together form a round; between executing and completing them the
/// log is written once.
/// </summary>
internal sealed class SerialExecutor(Action beforeCompletion, Action<Exception> onFatal)
{
    private const int ItemsPerRound = 64;
    private const int RoundsPerRunner = 16;

    private readonly ConcurrentQueue<IWorkItem> _queue = new();
    private readonly List<IWorkItem> _round = new(ItemsPerRound);
    private int _waiting;
    private volatile bool _isStopped;

    public void Post(IWorkItem item)
    {
        // Counted before it is queued: the runner never takes more than was counted, so there are never two runners.
        var isFirst = Interlocked.Increment(ref _waiting) == 1;
        _queue.Enqueue(item);
        if (isFirst) Run();
    }

    public void Post(Action action) => Post(new ActionItem(action));

    /// <summary>Posts without becoming the runner; for callers that run in an item themselves.</summary>
    public void PostLater(Action action) => ThreadPool.UnsafeQueueUserWorkItem(static s => s.Self.Post(s.Action), (Self: this, Action: action), preferLocal: false);

    /// <summary>Posts and waits until it has run.</summary>
    public Task RunAsync(Action action)
    {
        var item = new ActionItem(action);
        Post(item);
        return item.Completion;
    }

    /// <summary>Runs the last action, after what was posted before. What is posted later is only completed: it must not run, and nobody must wait for it.</summary>
    public Task StopAsync(Action last) => RunAsync(() =>
    {
        _isStopped = true;
        last();
    });

    private void Run()
    {
        for (var rounds = 0; rounds < RoundsPerRunner; rounds++)
            if (RunRound()) return;
        // The runner is usually some client's turn; it must not serve the others forever.
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Run(), this, preferLocal: false);
    }

    /// <summary><see langword="true"/>: nothing waits any more, and the next who posts is the runner.</summary>
    private bool RunRound()
    {
        _round.Clear();
        var spinner = new SpinWait();
        while (_round.Count < ItemsPerRound)
        {
            if (_queue.TryDequeue(out var item))
            {
                _round.Add(item);
                if (!_isStopped) Guard(item.Execute);
            }
            else if (_round.Count == 0)
            {
                // Counted, but not in the queue yet.
                spinner.SpinOnce(sleep1Threshold: -1);
            }
            else
            {
                break;
            }
        }

        if (!_isStopped) Guard(beforeCompletion);
        foreach (var item in _round) item.Complete();
        return Interlocked.Add(ref _waiting, -_round.Count) == 0;
    }

    /// <summary>What an item does not handle itself leaves the store in an unknown state: nothing more is executed, and the process is to end.</summary>
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            _isStopped = true;
            onFatal(e);
        }
    }

    private sealed class ActionItem(Action action) : IWorkItem
    {
        private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Completion => _completion.Task;

        public void Execute() => action();

        public void Complete() => _completion.TrySetResult();
    }
}
