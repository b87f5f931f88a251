using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ShopSession.Redis.PubSub;

/// <summary>One subscriber of one channel or pattern.</summary>
internal sealed class RedisSubscription(RedisSubscriptionHub hub, RedisSubscriptionName name) : IRedisSubscription
{
    private const int MaxWaiting = 10_000;
    private const long MaxWaitingBytes = 64 * 1024 * 1024;

    private readonly Channel<RedisMessage> _messages = Channel.CreateUnbounded<RedisMessage>(new UnboundedChannelOptions { SingleWriter = true });
    // Taken, and not given yet since a gap came first.
    private RedisMessage? _next;
    private long _waitingBytes;
    private int _hasDropped;

    public RedisSubscriptionName Name => name;

    /// <summary>Whether the server has confirmed it: only from then on can anything be missed.</summary>
    public bool IsConfirmed { get; set; }

    public async IAsyncEnumerable<RedisMessage> ReadMessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (_next is not null || await _messages.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryTakeNext(out var message))
            {
                // Before what is left: whoever reads anew at a gap must not do so too early.
                if (Interlocked.Exchange(ref _hasDropped, 0) != 0 && !message.IsGap)
                {
                    // Its reader may stop here, and go on later.
                    _next = message;
                    yield return default;
                    _next = null;
                }

                yield return message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Complete();
        await hub.RemoveAsync(this).ConfigureAwait(false);
    }

    /// <summary>Adds a message, in place of the oldest ones where too much waits. Called by one at a time.</summary>
    public void Offer(in RedisMessage message)
    {
        if (!_messages.Writer.TryWrite(message)) return;
        Interlocked.Add(ref _waitingBytes, message.Payload.Length);
        // The newest stays in any case, so that a reader always has something at which it learns of the gap.
        while (_messages.Reader.Count is > 1 and var count && (count > MaxWaiting || Volatile.Read(ref _waitingBytes) > MaxWaitingBytes))
        {
            // Before it is done: a reader that is faster must not be at the end of the queue by then.
            Interlocked.Exchange(ref _hasDropped, 1);
            if (TryTake(out var oldest) && !oldest.IsGap) hub.MessageDropped();
        }
    }

    /// <param name="failure">What its reader is told; <see langword="null"/>: it just ends.</param>
    public void Complete(Exception? failure = null) => _messages.Writer.TryComplete(failure);

    private bool TryTakeNext(out RedisMessage message)
    {
        if (_next is not { } next) return TryTake(out message);
        (message, _next) = (next, null);
        return true;
    }

    private bool TryTake(out RedisMessage message)
    {
        if (!_messages.Reader.TryRead(out message)) return false;
        Interlocked.Add(ref _waitingBytes, -message.Payload.Length);
        return true;
    }
}
