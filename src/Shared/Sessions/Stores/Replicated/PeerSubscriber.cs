using System.Threading.Channels;
using ShopSession.Sessions.Stores.Memory;

namespace ShopSession.Sessions.Stores.Replicated;

/// <summary>A peer that listens to this replica's changes: its bounded queue, and the one who empties it. Queueing is safe for concurrent use.</summary>
internal sealed class PeerSubscriber(int queueLength, ReplicationMetrics metrics) : IDisposable
{
    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(queueLength) { SingleReader = true });
    private readonly CancellationTokenSource _cut = new();
    private readonly Lock _gate = new();
    private bool _isOver;

    /// <summary>Cancelled when the peer fell too far behind.</summary>
    public CancellationToken CutOff => _cut.Token;

    /// <summary>
    /// Takes note of a change. A full queue cuts the peer off: dropping a single change would leave it wrong for good, and waiting would slow every request down. Also after
    /// <see cref="Dispose"/>, without effect: who publishes may have taken the list of peers before this one left it.
    /// </summary>
    public void Queue(byte[] change)
    {
        if (_queue.Writer.TryWrite(change)) return;
        lock (_gate)
        {
            if (_isOver) return;
            _isOver = true;
            // What ends with the connection must not run here: a request is waiting, under the state's lock.
            _ = _cut.CancelAsync();
        }

        metrics.Overflowed();
    }

    public async Task SendAsync(PeerChannel channel, IReadOnlyList<MemoryChange> copy, CancellationToken cancellationToken)
    {
        var batch = new ChangeBatch();
        foreach (var change in copy)
        {
            batch.Add(ChangeWriter.Write(change));
            if (batch.IsFull) await FlushAsync(channel, batch, cancellationToken);
        }

        await FlushAsync(channel, batch, cancellationToken);
        await channel.SendAsync([PeerMessage.Copied], cancellationToken);
        await foreach (var change in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            batch.Add(change);
            // What came meanwhile goes along: the busier, the larger the messages.
            while (!batch.IsFull && _queue.Reader.TryRead(out var next)) batch.Add(next);
            await FlushAsync(channel, batch, cancellationToken);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _cut.Dispose();
        }
    }

    private async ValueTask FlushAsync(PeerChannel channel, ChangeBatch batch, CancellationToken cancellationToken)
    {
        if (batch.IsEmpty) return;
        metrics.Sent(batch.Count, batch.Message.Length);
        await channel.SendAsync(batch.Message, cancellationToken);
        batch.Clear();
    }
}
