using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using ShopSession.Redis.Exclusive;

namespace ShopSession.Redis.Connections;

/// <summary>
/// Keeps one connection to one server: connects, notices its end, connects again with growing random pauses. While the first
/// attempt after a loss is under way, which tries each address once, callers wait for it; once it has failed they fail at once until one succeeds.
/// </summary>
internal sealed class RedisNode : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly RedisConnector _connector;
    private readonly Func<IReadOnlyList<RedisEndPoint>> _endPoints;
    private readonly ILogger _logger;
    private readonly RedisNodeHooks _hooks;
    private readonly bool _repeatsRefused;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private TaskCompletionSource _attempt = NewAttempt();
    private volatile RedisConnection? _current;
    // In a box, since it is read from other threads: half of the old one and half of the new would be a third server.
    private volatile StrongBox<RedisEndPoint> _endPoint;
    private Exception? _failure;
    private bool _isRetired;
    private int _disposed;

    /// <summary>Starts connecting.</summary>
    /// <param name="connector">Opens connections.</param>
    /// <param name="endPoints">Where the server may be, asked anew for each round; tried in turn.</param>
    /// <param name="logger">Where to log.</param>
    /// <param name="hooks">What happens around connections.</param>
    /// <param name="repeatsRefused">
    /// Whether what a server refuses because it does not serve is sent again over the next connection. In a cluster another node may have to be asked, which is not for this one to know.
    /// </param>
    public RedisNode(
        RedisConnector connector, Func<IReadOnlyList<RedisEndPoint>> endPoints, ILogger logger, RedisNodeHooks? hooks = null, bool repeatsRefused = false)
    {
        _connector = connector;
        _endPoints = endPoints;
        _logger = logger;
        _hooks = hooks ?? new RedisNodeHooks();
        _repeatsRefused = repeatsRefused;
        _endPoint = new(endPoints()[0]);
        Exclusive = new RedisExclusivePool(connector, this);
        // Off the caller's path, so that nothing of the connecting runs inside a constructor.
        _running = Task.Run(RunAsync);
    }

    /// <summary>The server that the connection leads to, or that was tried last.</summary>
    public RedisEndPoint EndPoint
    {
        get => _endPoint.Value;
        private set => _endPoint = new(value);
    }

    /// <summary>The open connection, if there is one.</summary>
    public RedisConnection? Current => _current is { IsOpen: true } connection ? connection : null;

    /// <summary>Connections to this server that one caller has to itself.</summary>
    public RedisExclusivePool Exclusive { get; }

    /// <summary>Sends over whatever connection there is, again over the next one when it was certainly not sent.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RedisAnswer> SendAsync(RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = Current ?? await ConnectedAsync(deadline, cancellationToken).ConfigureAwait(false);
            try
            {
                var reply = await connection.SendAsync(payload, deadline, cancellationToken).ConfigureAwait(false);
                var isRefused = _repeatsRefused && !connection.IsOpen && RedisRefusal.IsOfAll(payload, reply);
                if (!isRefused || _connector.Time.GetTimestamp() >= deadline) return new(reply, connection);
            }
            catch (RedisUnavailableException) when (!connection.IsOpen && _connector.Time.GetTimestamp() < deadline)
            {
                // Certainly not sent, and time is left: once more over the next connection.
            }
        }
    }

    /// <summary>Returns the open connection, waiting while the first attempt to connect is under way.</summary>
    /// <exception cref="RedisUnavailableException">The server cannot be reached.</exception>
    public async ValueTask<RedisConnection> ConnectedAsync(long deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task attempt;
            lock (_gate)
            {
                if (_isRetired && _current is not { IsOpen: true })
                    throw new RedisUnavailableException($"Redis at {EndPoint} serves no slots of the cluster any more; the command was not sent.");
                ObjectDisposedException.ThrowIf(_disposed != 0, typeof(RedisClient));
                if (_current is { IsOpen: true } connection) return connection;
                NoticeLoss();
                if (_failure is not null) throw Unavailable(_failure);
                attempt = _attempt.Task;
            }

            try
            {
                await attempt.WaitAsync(RedisDeadline.Left(_connector.Time, deadline), _connector.Time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException e)
            {
                throw Unavailable(e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await Exclusive.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>
    /// Takes the server out of use, as when it has left the cluster's map: callers that wait for it fail as not sent, replies that
    /// are due may still come, then it is disposed of.
    /// </summary>
    /// <returns>Completes when it is disposed of.</returns>
    public Task RetireAsync()
    {
        TaskCompletionSource attempt;
        lock (_gate)
        {
            _isRetired = true;
            attempt = _attempt;
        }

        attempt.TrySetResult();
        return DisposeLaterAsync();
    }

    private async Task DisposeLaterAsync()
    {
        await Task.Delay(_connector.Options.CommandTimeout, _connector.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync().ConfigureAwait(false);
    }

    private static TaskCompletionSource NewAttempt() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RedisUnavailableException Unavailable(Exception reason) =>
        new($"Redis at {EndPoint} is not reachable; the command was not sent: {reason.Message}", reason);

    // Under the lock. Whoever first sees that the connection has ended starts the waiting for the next one.
    private void NoticeLoss()
    {
        if (_current is not { IsOpen: false }) return;
        _current = null;
        _attempt = NewAttempt();
    }

    private async Task RunAsync()
    {
        var failures = 0;
        var round = _endPoints();
        var untried = round.Count;
        for (var turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            EndPoint = round[turn % round.Count];
            try
            {
                var connected = _connector.Time.GetTimestamp();
                var reason = await ServeAsync().ConfigureAwait(false);
                if (_stop.IsCancellationRequested) break;
                RedisLog.Disconnected(_logger, EndPoint, reason.Message);
                _connector.Telemetry.ConnectionLost(EndPoint);
                // A connection that ends as soon as it is made is a failure too, or a broken server would be stormed.
                failures = _connector.Time.GetElapsedTime(connected) > _connector.Options.ReconnectMaximum ? 0 : failures + 1;
                untried = round.Count;
                turn--;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                // Refused, unreachable, wrong password, not a Redis server: callers get it as the reason; the attempts go on.
                if (failures++ == 0) RedisLog.CannotConnect(_logger, EndPoint, e.Message);
                _hooks.Failed?.Invoke();
                // One that serves may stand next in the list, as after a fail-over: at once, and nobody is told before all were tried.
                if (--untried > 0) continue;
                round = _endPoints();
                untried = round.Count;
                Settle(null, e);
            }

            await PauseAsync(failures).ConfigureAwait(false);
        }

        Settle(null, new ObjectDisposedException(nameof(RedisClient), "The Redis client was disposed of."));
    }

    // One connection from its beginning to its end; returns why it ended.
    private async Task<Exception> ServeAsync()
    {
        var connection = await _connector.ConnectAsync(EndPoint, _hooks.Prepare, heartbeat: true, _stop.Token).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            Settle(connection, null);
            RedisLog.Connected(_logger, EndPoint, connection.Protocol);
            _hooks.Connected?.Invoke(connection);
            try
            {
                return await connection.Closed.WaitAsync(_stop.Token).ConfigureAwait(false);
            }
            finally
            {
                _hooks.Lost?.Invoke(connection);
                await Exclusive.RenewAsync().ConfigureAwait(false);
            }
        }
    }

    private void Settle(RedisConnection? connection, Exception? failure)
    {
        TaskCompletionSource attempt;
        lock (_gate)
        {
            _current = connection;
            _failure = failure;
            attempt = _attempt;
        }

        // Waiters look at the state themselves.
        attempt.TrySetResult();
    }

    private async Task PauseAsync(int failures)
    {
        var options = _connector.Options;
        var ceiling = options.ReconnectMinimum * Math.Pow(2, Math.Min(failures, 20));
        if (ceiling > options.ReconnectMaximum) ceiling = options.ReconnectMaximum;
        // After a single loss a short random moment only, so that many clients of a restarted server do not come at once.
        var share = failures == 0 ? Random.Shared.NextDouble() / 2 : 0.5 + (Random.Shared.NextDouble() / 2);
        await Task.Delay(ceiling * share, _connector.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
