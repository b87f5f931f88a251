using Microsoft.Extensions.Logging;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>
/// Keeps the map of slots fresh: one question at a time, at most a few a second however many callers ask for it, and by itself
/// again and again while a master cannot be reached, until the cluster has put another one in its place.
/// </summary>
internal sealed class RedisTopologyKeeper(RedisTopology topology, RedisNode seed, RedisConnector connector, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan MinimumPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan HealPause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _refreshing = Task.CompletedTask;
    private Task _healing = Task.CompletedTask;
    private long _refreshedAt;

    /// <summary>Asks for the map anew, joining a question under way; does nothing when the last answer is very young.</summary>
    public Task RefreshAsync()
    {
        lock (_gate)
        {
            if (!_refreshing.IsCompleted) return _refreshing;
            if (_stop.IsCancellationRequested || (_refreshedAt != 0 && connector.Time.GetElapsedTime(_refreshedAt) < MinimumPause)) return Task.CompletedTask;
            return _refreshing = Task.Run(AskAsync);
        }
    }

    /// <summary>As <see cref="RefreshAsync()"/> for a caller, who waits no longer than his time limit: many nodes may be asked before one answers.</summary>
    /// <exception cref="RedisUnavailableException">The time is over.</exception>
    public async Task RefreshAsync(long deadline, CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync().WaitAsync(RedisDeadline.Left(connector.Time, deadline), connector.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new RedisUnavailableException("No node of the Redis cluster has told within the time limit which of them serves what; the command was not executed.", e);
        }
    }

    /// <summary>Takes the map over a connection that has just been made.</summary>
    public async Task LoadAsync(RedisConnection connection, RedisEndPoint endPoint, CancellationToken cancellationToken) =>
        topology.Apply(await RedisSlotRange.ReadAsync(connection, endPoint, long.MaxValue, cancellationToken).ConfigureAwait(false));

    /// <summary>Refreshes until every master is reached again.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            if (_healing.IsCompleted && !_stop.IsCancellationRequested) _healing = Task.Run(HealAsync);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task refreshing, healing;
        lock (_gate)
        {
            _stop.Cancel();
            (refreshing, healing) = (_refreshing, _healing);
        }

        await refreshing.ConfigureAwait(false);
        await healing.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task HealAsync()
    {
        do
        {
            await RefreshAsync().ConfigureAwait(false);
            var pause = HealPause * (0.5 + Random.Shared.NextDouble());
            await Task.Delay(pause, connector.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!_stop.IsCancellationRequested && topology.Nodes.Any(static node => node.Current is null));
    }

    private async Task AskAsync()
    {
        try
        {
            await AskNodesAsync().ConfigureAwait(false);
        }
        finally
        {
            // Also after an answer that was of no use: whoever has no map asks no more often than who has one.
            Volatile.Write(ref _refreshedAt, connector.Time.GetTimestamp());
        }
    }

    private async Task AskNodesAsync()
    {
        var candidates = topology.Nodes.ToArray();
        Random.Shared.Shuffle(candidates);
        foreach (var node in candidates.Append(seed))
        {
            if (node.Current is not { } connection) continue;
            try
            {
                var deadline = connector.Time.GetTimestamp() + (connector.Time.TimestampFrequency / 2);
                topology.Apply(await RedisSlotRange.ReadAsync(connection, node.EndPoint, deadline, _stop.Token).ConfigureAwait(false));
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was: this node cannot say, the next one may.
                RedisLog.NoTopology(logger, node.EndPoint, e.Message);
            }
        }
    }
}
