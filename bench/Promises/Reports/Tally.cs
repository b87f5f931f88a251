using System.Collections.Concurrent;

namespace ShopSession.Promises.Bench.Reports;

/// <summary>Counts trials, violations and times of one line of the table. Safe for concurrent use.</summary>
internal sealed class Tally(int promise, string what)
{
    private const int MostExamples = 5;

    private readonly ConcurrentQueue<string> _examples = new();
    private readonly ConcurrentBag<double> _times = [];
    private long _trials;
    private long _violations;

    public long Trials => Interlocked.Read(ref _trials);

    /// <summary>What else is worth knowing.</summary>
    public string Note { get; set; } = "";

    /// <summary>One trial, and whether the promise was kept in it.</summary>
    public void Trial(bool kept, Func<string> otherwise)
    {
        Interlocked.Increment(ref _trials);
        if (!kept) Violation(otherwise());
    }

    /// <summary>A promise that was not kept, outside the count of trials.</summary>
    public void Violation(string example)
    {
        Interlocked.Increment(ref _violations);
        if (_examples.Count < MostExamples) _examples.Enqueue(example);
    }

    public void Took(TimeSpan time) => _times.Add(time.TotalMilliseconds);

    public Durations? Times() => Durations.Of(_times);

    public PromiseRow ToRow() => new(promise, what, Trials, Interlocked.Read(ref _violations), Times(), Note, [.. _examples]);
}
