using System.Threading.Channels;

namespace ShopSession.Redis.PubSub;

/// <summary>One subscriber of one channel.</summary>
internal sealed class RedisSubscription(RedisSubscriptionHub hub, string channel) : IRedisSubscription
{
    private const int Bound = 10_000;

    private readonly Channel<ReadOnlyMemory<byte>> _messages = System.Threading.Channels.Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(Bound) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true }, _ => hub.MessageDropped());

    public string Channel => channel;

    public IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(CancellationToken cancellationToken = default) =>
        _messages.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Complete();
        await hub.RemoveAsync(this).ConfigureAwait(false);
    }

    public void Offer(ReadOnlyMemory<byte> message) => _messages.Writer.TryWrite(message);

    public void Complete() => _messages.Writer.TryComplete();
}
