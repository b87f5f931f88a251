using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;
using ShopSession.Redis.NearCache;

namespace ShopSession.Redis.Exclusive;

/// <summary>An optimistic transaction on a connection of its own.</summary>
internal sealed class RedisWatch : IRedisWatch
{
    private static readonly RedisCommand Unwatch = new("UNWATCH");

    private readonly RedisRouter _router;
    private readonly RedisExclusivePool _pool;
    private readonly RedisConnection _connection;
    private readonly Func<long> _deadline;
    private readonly RedisNearCache _nearCache;
    private readonly int _slot;
    private bool _watching = true;
    private bool _inDoubt;
    private int _disposed;

    private RedisWatch(RedisRouter router, RedisExclusivePool pool, RedisConnection connection, int slot, Func<long> deadline, RedisNearCache nearCache)
    {
        _router = router;
        _pool = pool;
        _connection = connection;
        _slot = slot;
        _deadline = deadline;
        _nearCache = nearCache;
    }

    public static async ValueTask<IRedisWatch> StartAsync(
        RedisRouter router, IReadOnlyList<RedisKey> keys, Func<long> deadline, RedisNearCache nearCache, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) throw new ArgumentException("Name at least one key to watch.", nameof(keys));
        var command = new RedisCommand("WATCH", [.. keys.Select(static key => (RedisArgument)key)]);
        var end = deadline();
        for (var attempt = 1; ; attempt++)
        {
            var node = await router.NodeForAsync(keys, "WATCH", end, cancellationToken).ConfigureAwait(false);
            var slot = router.IsCluster ? RedisSlot.Of(keys, "WATCH") : RedisSlot.None;
            var connection = await node.Exclusive.TakeAsync(end, cancellationToken).ConfigureAwait(false);
            var watch = new RedisWatch(router, node.Exclusive, connection, slot, deadline, nearCache);
            RedisRedirection redirection;
            try
            {
                var reply = await watch.SendAsync(new RedisPayload(command), end, cancellationToken).ConfigureAwait(false);
                redirection = RedisRedirection.Of(reply);
                if (redirection.Kind == RedisRedirectionKind.None)
                {
                    reply.ThrowIfError();
                    return watch;
                }
            }
            catch
            {
                await watch.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            await watch.DisposeAsync().ConfigureAwait(false);
            await router.FollowAsync(redirection, attempt, end, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<RedisReply> ExecuteAsync(RedisCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        // The connection may have its next user.
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        RedisSharedConnection.RequireExclusive(command);
        var payload = new RedisPayload(command);
        RequireSlot(payload);
        var reply = await SendAsync(payload, _deadline(), cancellationToken).ConfigureAwait(false);
        var redirection = RedisRedirection.Of(reply);
        if (redirection.Kind == RedisRedirectionKind.None) return reply.ThrowIfError();
        _router.Note(redirection);
        throw new RedisUnavailableException("The watched keys are moving to another node of the Redis cluster; nothing was executed. Watch them anew.");
    }

    public async ValueTask<RedisReply[]?> CommitAsync(RedisTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (!_watching) throw new InvalidOperationException("The transaction has been committed already; watch the keys anew.");
        RedisSharedConnection.Require(transaction);
        var payload = new RedisPayload(transaction.Take(), atomic: true);
        RequireSlot(payload);
        // EXEC ends the watching, whether it runs or not, and whether its reply comes or not.
        _watching = false;
        var reply = await SendAsync(payload, _deadline(), cancellationToken).ConfigureAwait(false);
        var redirection = RedisRedirection.OfTransaction(reply.Items);
        if (redirection.Kind == RedisRedirectionKind.None) return RedisTransactionReply.Read(reply);
        // The slot has moved and nothing was executed: the same to the caller as a key that changed.
        _router.Note(redirection);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        try
        {
            if (_watching && !_inDoubt && _connection.IsOpen) await SendAsync(new RedisPayload(Unwatch), _deadline(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (RedisException)
        {
            // The connection is closed below, which ends the watching too.
        }
        finally
        {
            await _pool.ReturnAsync(_connection, reusable: !_inDoubt).ConfigureAwait(false);
        }
    }

    // A key on another slot would be sent elsewhere by the server each time, which looks like a slot that moves and never arrives.
    private void RequireSlot(in RedisPayload payload)
    {
        if (_slot == RedisSlot.None) return;
        var slot = RedisSlot.Of(payload);
        if (slot != RedisSlot.None && slot != _slot) throw new RedisCrossSlotException("A transaction with watched keys", _slot, slot);
    }

    private async ValueTask<RedisReply> SendAsync(RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        var settled = false;
        try
        {
            var answer = await _pool.SendAsync(_connection, payload, deadline, cancellationToken).ConfigureAwait(false);
            settled = true;
            return answer.Reply;
        }
        finally
        {
            // A command without a reply may still run: the connection must not go to anybody else.
            if (!settled) _inDoubt = true;
            _nearCache.InvalidateWritten(payload);
        }
    }
}
