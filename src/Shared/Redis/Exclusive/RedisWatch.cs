using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;
using ShopSession.Redis.NearCache;

namespace ShopSession.Redis.Exclusive;

/// <summary>An optimistic transaction on a connection of its own.</summary>
internal sealed class RedisWatch : IRedisWatch
{
    private const int MaxAttempts = 5;
    private static readonly RedisCommand Unwatch = new("UNWATCH");

    private readonly RedisRouter _router;
    private readonly RedisExclusivePool _pool;
    private readonly RedisConnection _connection;
    private readonly Func<long> _deadline;
    private readonly RedisNearCache _nearCache;
    private bool _watching = true;
    private bool _inDoubt;
    private int _disposed;

    private RedisWatch(RedisRouter router, RedisExclusivePool pool, RedisConnection connection, Func<long> deadline, RedisNearCache nearCache)
    {
        _router = router;
        _pool = pool;
        _connection = connection;
        _deadline = deadline;
        _nearCache = nearCache;
    }

    public static async ValueTask<IRedisWatch> StartAsync(
        RedisRouter router, IReadOnlyList<RedisKey> keys, Func<long> deadline, RedisNearCache nearCache, CancellationToken cancellationToken)
    {
        if (keys.Count == 0) throw new ArgumentException("Name at least one key to watch.", nameof(keys));
        var command = new RedisCommand("WATCH", [.. keys.Select(static key => (RedisArgument)key)]);
        for (var attempt = 1; ; attempt++)
        {
            var node = await router.NodeForAsync(keys, "WATCH", deadline(), cancellationToken).ConfigureAwait(false);
            var connection = await node.Exclusive.TakeAsync(deadline(), cancellationToken).ConfigureAwait(false);
            var watch = new RedisWatch(router, node.Exclusive, connection, deadline, nearCache);
            try
            {
                var reply = await watch.SendAsync(new RedisPayload(command), cancellationToken).ConfigureAwait(false);
                if (!watch.IsRedirected(reply))
                {
                    reply.ThrowIfError();
                    return watch;
                }

                if (attempt == MaxAttempts) throw RedisRedirection.Of(reply).NotServed();
            }
            catch
            {
                await watch.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            await watch.DisposeAsync().ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt), cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<RedisReply> ExecuteAsync(RedisCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        RedisSharedConnection.RequireExclusive(command);
        var reply = await SendAsync(new RedisPayload(command), cancellationToken).ConfigureAwait(false);
        return IsRedirected(reply)
            ? throw new RedisUnavailableException("The watched keys are moving to another node of the Redis cluster; nothing was executed. Watch them anew.")
            : reply.ThrowIfError();
    }

    public async ValueTask<RedisReply[]?> CommitAsync(RedisTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (!_watching) throw new InvalidOperationException("The transaction has been committed already; watch the keys anew.");
        RedisSharedConnection.Require(transaction);
        var payload = new RedisPayload(transaction.Commands, atomic: true);
        var reply = await SendAsync(payload, cancellationToken).ConfigureAwait(false);
        // EXEC ends the watching, whether it ran or not.
        _watching = false;
        var redirection = RedisRedirection.OfTransaction(reply.Items);
        if (redirection.Kind == RedisRedirectionKind.None) return RedisTransactionReply.Read(reply);
        // The slot has moved and nothing was executed: the same to the caller as a key that changed.
        _router.Note(redirection);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (_watching && !_inDoubt && _connection.IsOpen)
        {
            try
            {
                await SendAsync(new RedisPayload(Unwatch), CancellationToken.None).ConfigureAwait(false);
            }
            catch (RedisException)
            {
                // The connection is closed below, which ends the watching too.
            }
        }

        await _pool.ReturnAsync(_connection, reusable: !_inDoubt).ConfigureAwait(false);
    }

    private bool IsRedirected(in RedisReply reply)
    {
        var redirection = RedisRedirection.Of(reply);
        if (redirection.Kind == RedisRedirectionKind.None) return false;
        _router.Note(redirection);
        return true;
    }

    private async ValueTask<RedisReply> SendAsync(RedisPayload payload, CancellationToken cancellationToken)
    {
        var settled = false;
        try
        {
            var reply = await _connection.SendAsync(payload, _deadline(), cancellationToken).ConfigureAwait(false);
            settled = true;
            return reply;
        }
        finally
        {
            // A command without a reply may still run: the connection must not go to anybody else.
            if (!settled) _inDoubt = true;
            _nearCache.InvalidateWritten(payload);
        }
    }
}
