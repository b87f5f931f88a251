using Microsoft.Extensions.Logging;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.PubSub;

/// <summary>
/// All subscriptions of a client, on one connection of their own: a flood of messages then delays no command, and it works alike
/// with RESP2 servers, where a connection that subscribes can do nothing else. Made with the first subscription.
/// </summary>
internal sealed class RedisSubscriptionHub(RedisConnector connector, Func<IReadOnlyList<RedisEndPoint>> endPoints, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _changing = new(1);
    private readonly Dictionary<string, List<RedisSubscription>> _channels = new(StringComparer.Ordinal);
    private RedisNode? _node;
    private bool _disposed;

    public async ValueTask<IRedisSubscription> AddAsync(string channel, long deadline, CancellationToken cancellationToken)
    {
        var subscription = new RedisSubscription(this, channel);
        // One change at a time: an UNSUBSCRIBE on its way must not undo a SUBSCRIBE that came after it.
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            RedisNode node;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(RedisClient));
                node = _node ??= new RedisNode(connector, endPoints, logger, new RedisNodeHooks { Prepare = PrepareAsync });
                if (!_channels.TryGetValue(channel, out var list)) _channels[channel] = list = [];
                list.Add(subscription);
            }

            try
            {
                (await node.SendAsync(Payload("SUBSCRIBE", [channel]), deadline, cancellationToken).ConfigureAwait(false)).Reply.ThrowIfError();
            }
            catch
            {
                Forget(subscription);
                throw;
            }
        }
        finally
        {
            _changing.Release();
        }

        return subscription;
    }

    public void MessageDropped() => connector.Telemetry.MessageDropped();

    public async ValueTask RemoveAsync(RedisSubscription subscription)
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!Forget(subscription) || _node?.Current is not { } connection) return;
            var deadline = connector.Time.GetTimestamp() + (long)(connector.Options.CommandTimeout.TotalSeconds * connector.Time.TimestampFrequency);
            await connection.SendAsync(Payload("UNSUBSCRIBE", [subscription.Channel]), deadline, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RedisException)
        {
            // The connection is gone; the next one subscribes only to what is still wanted.
        }
        finally
        {
            _changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        RedisSubscription[] all;
        lock (_gate)
        {
            _disposed = true;
            all = [.. _channels.Values.SelectMany(static list => list)];
            _channels.Clear();
        }

        foreach (var subscription in all) subscription.Complete();
        if (_node is not null) await _node.DisposeAsync().ConfigureAwait(false);
    }

    private static RedisPayload Payload(string name, IEnumerable<string> channels) =>
        new(new RedisCommand(name, [.. channels.Select(static channel => (RedisArgument)channel)])) { AnsweredByPush = true };

    // True when nobody listens to the channel any more.
    private bool Forget(RedisSubscription subscription)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(subscription.Channel, out var list) || !list.Remove(subscription) || list.Count > 0) return false;
            return _channels.Remove(subscription.Channel);
        }
    }

    private async Task PrepareAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        connection.OnPush = Dispatch;
        string[] channels;
        lock (_gate) channels = [.. _channels.Keys];
        // One at a time, since each channel is confirmed by a message of its own.
        foreach (var channel in channels)
        {
            var reply = await connection.SendAsync(Payload("SUBSCRIBE", [channel]), long.MaxValue, cancellationToken).ConfigureAwait(false);
            // One channel that is refused must not cost the others their messages; a first subscriber is told by its own SUBSCRIBE.
            if (reply.IsError) RedisLog.SubscriptionRefused(logger, new RedisServerException(reply.AsString()!).Code);
            // Whoever wanted it may have gone meanwhile, when there was no connection to say so over.
            bool isWanted;
            lock (_gate) isWanted = _channels.ContainsKey(channel);
            if (!isWanted) await connection.SendAsync(Payload("UNSUBSCRIBE", [channel]), long.MaxValue, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Dispatch(RedisReply message)
    {
        if (!RedisPushMessage.TryGetMessage(message, out var channel, out var payload)) return;
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel.AsString() ?? "", out var list)) return;
            foreach (var subscription in list) subscription.Offer(payload.AsBytes());
        }
    }
}
