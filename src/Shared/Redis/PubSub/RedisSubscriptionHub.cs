using Microsoft.Extensions.Logging;
using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;
using ShopSession.Redis.Telemetry;

namespace ShopSession.Redis.PubSub;

/// <summary>
/// All subscriptions of a client, on one connection of their own: a flood of messages then delays no command, and it works alike
/// with RESP2 servers, where a connection that subscribes can do nothing else. Made with the first subscription.
/// </summary>
internal sealed class RedisSubscriptionHub(RedisConnector connector, Func<IReadOnlyList<RedisEndPoint>> endPoints, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _changing = new(1);
    private readonly Dictionary<RedisSubscriptionName, List<RedisSubscription>> _subscriptions = [];
    private readonly HashSet<RedisSubscriptionName> _leaving = [];
    private RedisNode? _node;
    private bool _disposed;

    public async ValueTask<IRedisSubscription> AddAsync(RedisSubscriptionName name, long deadline, CancellationToken cancellationToken)
    {
        var subscription = new RedisSubscription(this, name);
        // One change at a time: an UNSUBSCRIBE on its way must not undo a SUBSCRIBE that came after it.
        if (!await _changing.WaitAsync(RedisDeadline.Left(connector.Time, deadline), cancellationToken).ConfigureAwait(false))
            throw new RedisUnavailableException("Redis has not answered to other subscriptions within the time limit; this one was not sent.");
        try
        {
            RedisNode node;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(RedisClient));
                node = _node ??= new RedisNode(connector, endPoints, logger, new RedisNodeHooks { Prepare = PrepareAsync });
                if (!_subscriptions.TryGetValue(name, out var list)) _subscriptions[name] = list = [];
                list.Add(subscription);
            }

            try
            {
                var payload = Payload(name.Subscribe);
                var answer = await ObserveAsync(node, payload, () => node.SendAsync(payload, deadline, cancellationToken)).ConfigureAwait(false);
                answer.Reply.ThrowIfError();
                lock (_gate) subscription.IsConfirmed = true;
            }
            catch
            {
                // The server may have done it all the same; its first message that nobody wants is answered with UNSUBSCRIBE.
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
        if (Forget(subscription)) await LeaveAsync(subscription.Name).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        RedisSubscription[] all;
        lock (_gate)
        {
            _disposed = true;
            all = [.. _subscriptions.Values.SelectMany(static list => list)];
            _subscriptions.Clear();
        }

        foreach (var subscription in all) subscription.Complete();
        if (_node is not null) await _node.DisposeAsync().ConfigureAwait(false);
    }

    private static RedisPayload Payload(RedisCommand command) => new(command) { AnsweredByPush = true };

    private ValueTask<RedisAnswer> ObserveAsync(RedisNode node, RedisPayload payload, Func<ValueTask<RedisAnswer>> send) =>
        connector.Telemetry.IsEnabled ? connector.Telemetry.Start(RedisOperationName.Of(payload), node.EndPoint, connector.Time).ObserveAsync(send) : send();

    // True when nobody listens to it any more.
    private bool Forget(RedisSubscription subscription)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(subscription.Name, out var list) || !list.Remove(subscription) || list.Count > 0) return false;
            return _subscriptions.Remove(subscription.Name);
        }
    }

    // Tells the server that nobody listens, unless somebody does again.
    private async Task LeaveAsync(RedisSubscriptionName name)
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (_gate)
            {
                if (_subscriptions.ContainsKey(name)) return;
            }

            // Without a connection there is nothing to leave: the next one subscribes only to what is still wanted.
            if (_node is not { Current: { } connection } node) return;
            var payload = Payload(name.Unsubscribe);
            var deadline = connector.Time.GetTimestamp() + (long)(connector.Options.CommandTimeout.TotalSeconds * connector.Time.TimestampFrequency);
            await ObserveAsync(node, payload, SendAsync).ConfigureAwait(false);

            async ValueTask<RedisAnswer> SendAsync() => new(await connection.SendAsync(payload, deadline, CancellationToken.None).ConfigureAwait(false), connection);
        }
        catch (RedisException)
        {
            // The connection is gone, or about to be.
        }
        finally
        {
            lock (_gate) _leaving.Remove(name);
            _changing.Release();
        }
    }

    private async Task PrepareAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        connection.OnPush = Dispatch;
        // With RESP2 a connection that subscribes cannot ask.
        if (connection is { ServerMode: "cluster", Protocol: >= 3 }) await RequireClusterAsync(connection, cancellationToken).ConfigureAwait(false);
        else if (await IsOneOfSeveralAsync(connection, cancellationToken).ConfigureAwait(false)) await RequireMasterAsync(connection, cancellationToken).ConfigureAwait(false);
        RedisSubscriptionName[] names;
        lock (_gate) names = [.. _subscriptions.Keys];
        // Each by itself, since each is confirmed by a message of its own; all at once, since they have the time limit of one connection together.
        var replies = await Task.WhenAll(names.Select(name => connection.SendAsync(Payload(name.Subscribe), long.MaxValue, cancellationToken).AsTask())).ConfigureAwait(false);
        foreach (var (name, reply) in names.Zip(replies))
        {
            if (reply.IsError) Refuse(name, new RedisServerException(reply.AsString()!));
            else Offer(name, default);
        }
    }

    // From a node that has lost its cluster nothing would come, without a word.
    private static async Task RequireClusterAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        var state = await connection.SendAsync(new RedisPayload(RedisClusterState.Question), long.MaxValue, cancellationToken).ConfigureAwait(false);
        if (RedisClusterState.IsCutOff(state)) throw LostCluster();
        connection.OnReply = (RedisRequest request, in RedisReply reply) =>
        {
            if (ReferenceEquals(request.Payload.Single, RedisClusterState.Question) && RedisClusterState.IsCutOff(reply)) connection.Close(LostCluster());
        };
        connection.Heartbeat = RedisClusterState.Question;

        RedisUnavailableException LostCluster() => new($"Redis at {connection.EndPoint} has lost its cluster: messages of the other nodes do not reach it.");
    }

    private async ValueTask<bool> IsOneOfSeveralAsync(RedisConnection connection, CancellationToken cancellationToken) =>
        connector.Options is { EndPoints.Count: > 1, Cluster: not true } && !await RedisServerMode.IsClusterAsync(connection, cancellationToken).ConfigureAwait(false);

    // What is published at the master reaches a replica only while that follows it, and whether it does it does not say.
    private static async Task RequireMasterAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        await RedisServerMode.RequireMasterAsync(connection, cancellationToken).ConfigureAwait(false);
        if (connection.Protocol >= 3) RedisServerMode.StayWhileMaster(connection);
    }

    // What is refused must not cost the others their messages, and its readers must not wait for ever. A first subscriber is told by its own SUBSCRIBE.
    private void Refuse(RedisSubscriptionName name, RedisServerException refusal)
    {
        RedisLog.SubscriptionRefused(logger, refusal.ShownCode);
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(name, out var list)) return;
            foreach (var subscription in list.Where(static subscription => subscription.IsConfirmed)) subscription.Complete(refusal);
        }
    }

    private void Dispatch(RedisReply message)
    {
        if (!RedisPushMessage.TryGetMessage(message, out var name, out var channel, out var payload)) return;
        if (Offer(name, new RedisMessage(channel, payload))) return;
        lock (_gate)
        {
            if (_disposed || !_leaving.Add(name)) return;
        }

        // Not awaited: this is the reader, which has to read the confirmation.
        _ = LeaveAsync(name);
    }

    // Under the lock, also against the reader of a connection that has just been replaced. False when nobody wants it.
    private bool Offer(RedisSubscriptionName name, in RedisMessage message)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(name, out var list)) return false;
            foreach (var subscription in list)
                if (subscription.IsConfirmed || !message.IsGap) subscription.Offer(message);
            return true;
        }
    }
}
