using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Logs;

/// <summary>One line of a replica's output.</summary>
/// <param name="Sequence">Its number in the replica's output, from 1.</param>
/// <param name="Time">When it came.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="IsError">Whether it came from the standard error.</param>
/// <param name="Text">The line, without colours.</param>
internal sealed record ReplicaLogLine(long Sequence, DateTimeOffset Time, LogLevel Level, bool IsError, string Text);

/// <summary>The last lines of a replica's output, over restarts. Bounded in lines and in characters per line. Safe for concurrent use.</summary>
internal sealed class LogRing(TimeProvider time)
{
    public const int Capacity = 3000;

    private readonly Lock _gate = new();
    private readonly Queue<ReplicaLogLine> _lines = new(Capacity);
    private ImmutableList<Channel<ReplicaLogLine>> _watchers = [];
    private long _sequence;

    public ReplicaLogLine Add(LogLevel level, bool isError, string text)
    {
        ReplicaLogLine line;
        lock (_gate)
        {
            line = new(++_sequence, time.GetUtcNow(), level, isError, text);
            if (_lines.Count == Capacity)
                _lines.Dequeue();
            _lines.Enqueue(line);
        }

        foreach (var watcher in _watchers)
            watcher.Writer.TryWrite(line);
        return line;
    }

    /// <summary>The lines kept that are younger than <paramref name="after"/>.</summary>
    public IReadOnlyList<ReplicaLogLine> Read(long after = 0)
    {
        lock (_gate)
            return [.. _lines.SkipWhile(line => line.Sequence <= after)];
    }

    /// <summary>Those lines and then all that come. A reader that stays behind loses the oldest beyond the ring's capacity.</summary>
    public async IAsyncEnumerable<ReplicaLogLine> FollowAsync(
        long after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<ReplicaLogLine>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        ImmutableInterlocked.Update(ref _watchers, static (list, added) => list.Add(added), channel);
        try
        {
            foreach (var line in Read(after))
            {
                after = line.Sequence;
                yield return line;
            }

            await foreach (var line in channel.Reader.ReadAllAsync(cancellationToken))
                if (line.Sequence > after)
                    yield return line;
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, static (list, removed) => list.Remove(removed), channel);
        }
    }
}
