using Microsoft.Extensions.Logging;
using ShopSession.Redis.Connections;

namespace ShopSession.Redis.Cluster;

/// <summary>
/// Knows where commands go: to the one server, or to the nodes of a cluster. Which of the two it is shows when the first server
/// answers. In a cluster the first connection stays as the one that brings the map whenever it is made anew.
/// </summary>
internal sealed class RedisRouter : IAsyncDisposable
{
    private enum Mode
    {
        Unknown,
        Standalone,
        Cluster,
    }

    private readonly RedisConnector _connector;
    private readonly RedisNodeHooks _hooks;
    private readonly RedisTopology _topology;
    private readonly RedisTopologyKeeper _keeper;
    private readonly RedisClusterSender _sender;
    private readonly RedisNode _seed;
    private readonly RedisResend _resend;
    private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Mode _mode;

    /// <summary>Starts connecting.</summary>
    /// <param name="connector">Opens connections.</param>
    /// <param name="hooks">What happens around connections that carry commands.</param>
    /// <param name="slotsMoved">Told when slots have changed their node.</param>
    /// <param name="logger">Where to log.</param>
    public RedisRouter(RedisConnector connector, RedisNodeHooks hooks, Action slotsMoved, ILogger logger)
    {
        _connector = connector;
        _hooks = hooks;
        if (connector.Options.Cluster == false) _mode = Mode.Standalone;
        var nodeHooks = hooks with { Lost = OnNodeLost, Failed = OnNodeFailed };
        _topology = new RedisTopology(endPoint => new RedisNode(connector, () => [endPoint], logger, nodeHooks), slotsMoved, connector.Time);
        var seedHooks = new RedisNodeHooks { Prepare = PrepareSeedAsync, Lost = OnSeedLost };
        IReadOnlyList<RedisEndPoint> endPoints = [.. connector.Options.EndPoints];
        _seed = new RedisNode(connector, () => endPoints, logger, seedHooks, repeatsRefused: true);
        _resend = new RedisResend(_seed, () => !IsCluster);
        _keeper = new RedisTopologyKeeper(_topology, _seed, connector, logger);
        _sender = new RedisClusterSender(_topology, _keeper, connector);
        _made.SetResult();
    }

    public bool IsCluster => _mode == Mode.Cluster;

    public bool IsConnected => IsCluster
        ? _topology.Nodes is { Count: > 0 } nodes && nodes.All(static node => node.Current is not null)
        : _seed.Current is not null;

    public bool IsTracking => IsCluster
        ? _topology.Nodes.Any(static node => node.Current is { IsTracking: true })
        : _seed.Current is { IsTracking: true };

    /// <summary>The server, or the node of the cluster that brought the map.</summary>
    public RedisEndPoint EndPoint => _seed.EndPoint;

    /// <summary>Servers to subscribe at: any node of a cluster passes on what is published at any other.</summary>
    public IReadOnlyList<RedisEndPoint> EndPoints => [_seed.EndPoint, .. _topology.Nodes.Select(static node => node.EndPoint), .. _connector.Options.EndPoints];

    /// <summary>The open connection to the one server; null while there is none, and in a cluster, where it depends on the key.</summary>
    public RedisConnection? Direct => _mode == Mode.Standalone ? _seed.Current : null;

    public ValueTask<RedisAnswer> SendAsync(in RedisPayload payload, long deadline, CancellationToken cancellationToken) => _mode switch
    {
        Mode.Standalone => _seed.SendAsync(payload, deadline, cancellationToken),
        Mode.Cluster => _sender.SendAsync(payload, deadline, cancellationToken),
        _ => SendFirstAsync(payload, deadline, cancellationToken),
    };

    /// <summary>Queues requests of the one server again at its next connection.</summary>
    public void SendAgain(IReadOnlyList<RedisRequest> requests) => _resend.Add(requests);

    /// <summary>The node for keys on one slot.</summary>
    /// <exception cref="RedisUnavailableException">There is none at the moment.</exception>
    public async ValueTask<RedisNode> NodeForAsync(IReadOnlyList<RedisKey> keys, string user, long deadline, CancellationToken cancellationToken)
    {
        if (_mode == Mode.Unknown) await _seed.ConnectedAsync(deadline, cancellationToken).ConfigureAwait(false);
        return IsCluster ? await _sender.NodeOfAsync(RedisSlot.Of(keys, user), deadline, cancellationToken).ConfigureAwait(false) : _seed;
    }

    /// <summary>The node that serves a slot of the cluster.</summary>
    /// <exception cref="RedisUnavailableException">There is none at the moment.</exception>
    public ValueTask<RedisNode> NodeForAsync(int slot, long deadline, CancellationToken cancellationToken) => _sender.NodeOfAsync(slot, deadline, cancellationToken);

    /// <summary>Takes note of where a node has sent us, for those who do not follow by themselves.</summary>
    public void Note(RedisRedirection redirection)
    {
        if (redirection.Kind == RedisRedirectionKind.Moved && redirection.EndPoint.Host.Length > 0) _topology.Move(redirection.Slot, redirection.EndPoint);
        if (redirection.Kind != RedisRedirectionKind.None) _ = _keeper.RefreshAsync();
    }

    /// <summary>As <see cref="Note"/>, and pauses before the next attempt.</summary>
    /// <param name="redirection">What the node said.</param>
    /// <param name="attempt">How often it has been tried, from 1.</param>
    /// <param name="deadline">The timestamp after which nothing is tried any more.</param>
    /// <param name="cancellationToken">Ends the pause.</param>
    /// <exception cref="RedisUnavailableException">The time is over.</exception>
    public async ValueTask FollowAsync(RedisRedirection redirection, int attempt, long deadline, CancellationToken cancellationToken)
    {
        Note(redirection);
        if (_connector.Time.GetTimestamp() >= deadline) throw redirection.NotServed();
        var pause = TimeSpan.FromMilliseconds(Math.Min(10 * attempt, 50) * (0.5 + Random.Shared.NextDouble()));
        await Task.Delay(pause, _connector.Time, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync().ConfigureAwait(false);
        await _topology.DisposeAsync().ConfigureAwait(false);
        await _seed.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<RedisAnswer> SendFirstAsync(RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        // The mode is known as soon as there is a connection.
        await _seed.ConnectedAsync(deadline, cancellationToken).ConfigureAwait(false);
        return await SendAsync(payload, deadline, cancellationToken).ConfigureAwait(false);
    }

    private async Task PrepareSeedAsync(RedisConnection connection, CancellationToken cancellationToken)
    {
        // The seed connects while the constructor is still at work, and what it finds needs all of this object.
        await _made.Task.ConfigureAwait(false);
        if (_connector.Options.Cluster ?? await RedisServerMode.IsClusterAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            await _keeper.LoadAsync(connection, _seed.EndPoint, cancellationToken).ConfigureAwait(false);
            _mode = Mode.Cluster;
            return;
        }

        if (_connector.Options.EndPoints.Count > 1)
        {
            await RedisServerMode.RequireMasterAsync(connection, cancellationToken).ConfigureAwait(false);
            RedisServerMode.StayWhileMaster(connection);
        }

        if (_hooks.Prepare is { } prepare) await prepare(connection, cancellationToken).ConfigureAwait(false);
        _mode = Mode.Standalone;
    }

    private void OnSeedLost(RedisConnection connection)
    {
        if (!IsCluster) _hooks.Lost?.Invoke(connection);
    }

    private void OnNodeLost(RedisConnection connection)
    {
        _hooks.Lost?.Invoke(connection);
        // Perhaps its master has failed: another one takes over, and somebody must ask which.
        _keeper.Heal();
    }

    private void OnNodeFailed() => _keeper.Heal();
}
