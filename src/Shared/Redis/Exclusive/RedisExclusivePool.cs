using System.Collections.Concurrent;
using ShopSession.Redis.Connections;
using ShopSession.Redis.Telemetry;

namespace ShopSession.Redis.Exclusive;

/// <summary>
/// Connections that one caller has to itself, for what a shared one cannot do: WATCH, and commands that block. Bounded; made when
/// needed and kept for the next caller.
/// </summary>
internal sealed class RedisExclusivePool(RedisConnector connector, RedisNode node) : IAsyncDisposable
{
    private readonly SemaphoreSlim _places = new(connector.Options.MaxExclusiveConnections);
    private readonly ConcurrentStack<RedisConnection> _idle = new();
    private volatile int _generation;
    private volatile bool _disposed;

    /// <summary>Takes a connection. Fails at once while the server is known to be down.</summary>
    public async ValueTask<RedisConnection> TakeAsync(long deadline, CancellationToken cancellationToken)
    {
        await node.ConnectedAsync(deadline, cancellationToken).ConfigureAwait(false);
        if (!await _places.WaitAsync(RedisDeadline.Left(connector.Time, deadline), cancellationToken).ConfigureAwait(false))
        {
            throw new RedisUnavailableException(
                $"All {connector.Options.MaxExclusiveConnections} exclusive Redis connections are in use; the command was not sent. Shorten the transactions or raise MaxExclusiveConnections.");
        }

        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(RedisClient));
            while (_idle.TryPop(out var idle))
            {
                if (IsCurrent(idle)) return idle;
                await idle.DisposeAsync().ConfigureAwait(false);
            }

            return await ConnectAsync(deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or RedisException)
        {
            // Whatever came of the attempt, the caller's command was no part of it.
            _places.Release();
            throw new RedisUnavailableException($"Redis at {node.EndPoint} is not reachable; the command was not sent: {e.Message}", e);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Sends over a connection that was taken here, observed as any other operation.</summary>
    public ValueTask<RedisAnswer> SendAsync(
        RedisConnection connection, RedisPayload payload, long deadline, CancellationToken cancellationToken, RedisOperationName? name = null)
    {
        var telemetry = connector.Telemetry;
        return telemetry.IsEnabled ? telemetry.Start(name ?? RedisOperationName.Of(payload), node.EndPoint, connector.Time).ObserveAsync(SendAsync) : SendAsync();

        async ValueTask<RedisAnswer> SendAsync() =>
            new(await connection.SendAsync(payload, deadline, cancellationToken).ConfigureAwait(false), connection);
    }

    /// <summary>Gives a connection back; one that is in an unknown state is closed.</summary>
    public async ValueTask ReturnAsync(RedisConnection connection, bool reusable)
    {
        try
        {
            if (reusable && IsCurrent(connection) && !_disposed) _idle.Push(connection);
            else await connection.DisposeAsync().ConfigureAwait(false);
            if (_disposed) await CloseIdleAsync().ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>
    /// Lets go of what was connected so far, since the node's own connection has ended: the others lead to the same server, which may be gone without a word, or to one that is no longer the master.
    /// </summary>
    public async ValueTask RenewAsync()
    {
        Interlocked.Increment(ref _generation);
        await CloseIdleAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await CloseIdleAsync().ConfigureAwait(false);
        // The semaphore is left to the collector: callers that still hold a connection give their place back.
    }

    private bool IsCurrent(RedisConnection connection) => connection.IsOpen && connection.Generation == _generation;

    private async ValueTask<RedisConnection> ConnectAsync(long deadline, CancellationToken cancellationToken)
    {
        var generation = _generation;
        // Where the node's own connection leads, and not where another one is being tried: that may be a replica.
        var accepted = await node.ConnectedAsync(deadline, cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(RedisDeadline.Left(connector.Time, deadline), connector.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var connection = await connector.ConnectAsync(accepted.EndPoint, null, heartbeat: false, either.Token).ConfigureAwait(false);
            connection.Generation = generation;
            return connection;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("No connection within the time limit.", e);
        }
    }

    private async ValueTask CloseIdleAsync()
    {
        while (_idle.TryPop(out var idle)) await idle.DisposeAsync().ConfigureAwait(false);
    }
}
