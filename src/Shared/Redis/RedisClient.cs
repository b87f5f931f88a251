using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ShopSession.Redis.Cluster;
using ShopSession.Redis.Connections;
using ShopSession.Redis.Exclusive;
using ShopSession.Redis.NearCache;
using ShopSession.Redis.PubSub;
using ShopSession.Redis.Telemetry;

namespace ShopSession.Redis;

/// <summary>
/// The client. It starts connecting when made and never stops trying; making it does not fail when the server is down. Make one per
/// process and share it.
/// </summary>
public sealed partial class RedisClient : IRedisClient
{
    private readonly TimeProvider _time;
    private readonly RedisTelemetry _telemetry;
    private readonly RedisRouter _router;
    private readonly RedisSubscriptionHub _subscriptions;
    private readonly RedisNearCache _nearCache;
    private readonly long _timeLimit;
    private readonly bool _keeps;
    private int _disposed;

    /// <summary>Makes a client and starts connecting.</summary>
    /// <param name="options">Where and how; must not be changed afterwards.</param>
    /// <param name="loggerFactory">Where it logs; nowhere by default.</param>
    /// <param name="timeProvider">The clock for time limits; the system's by default.</param>
    /// <param name="meterFactory">Who makes the meter; the client itself by default.</param>
    /// <exception cref="OptionsValidationException">The options are wrong.</exception>
    public RedisClient(
        RedisClientOptions options,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        IMeterFactory? meterFactory = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = RedisClientOptionsValidator.Problems(options).ToList();
        if (problems.Count > 0) throw new OptionsValidationException(Options.DefaultName, typeof(RedisClientOptions), problems);
        _keeps = options.NearCache.IsEnabled;
        _time = timeProvider ?? TimeProvider.System;
        _timeLimit = (long)(options.CommandTimeout.TotalSeconds * _time.TimestampFrequency);
        var logger = new RedisLogger((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<RedisClient>());
        _telemetry = new RedisTelemetry(meterFactory, options.Database, logger);
        var connector = new RedisConnector(options, _time, _telemetry);
        _nearCache = new RedisNearCache(options.NearCache, new RedisTrackedReader(this), _time, _telemetry.Meter, logger);
        var hooks = _keeps
            ? new RedisNodeHooks { Prepare = _nearCache.Tracking.PrepareAsync, Lost = _nearCache.Tracking.Lost }
            : new RedisNodeHooks();
        _router = new RedisRouter(connector, hooks, _nearCache.Clear, logger);
        _subscriptions = new RedisSubscriptionHub(connector, () => _router.EndPoints, logger);
    }

    /// <summary>Makes a client from a connection string (StackExchange form, <c>redis://</c>, <c>rediss://</c>).</summary>
    /// <exception cref="FormatException">The connection string is wrong.</exception>
    public static RedisClient Create(string connectionString) => new(RedisClientOptions.Parse(connectionString));

    /// <inheritdoc/>
    public bool IsConnected => _router.IsConnected;

    /// <summary>Results of reads that are kept in this process; switched on by <see cref="RedisClientOptions.NearCache"/>.</summary>
    public IRedisNearCache NearCache => _nearCache;

    internal bool IsTracking => _router.IsTracking;

    internal bool IsCluster => _router.IsCluster;

    /// <summary>The timestamp at which an operation that begins now has taken too long.</summary>
    internal long Deadline => _time.GetTimestamp() + _timeLimit;

    /// <inheritdoc/>
    public ValueTask<RedisReply[]> ExecuteAsync(RedisPipeline pipeline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        RedisSharedConnection.Require(pipeline);
        return pipeline.Commands.Count == 0 ? new([]) : ExecuteAsync(pipeline, Deadline, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RedisReply[]> ExecuteAsync(RedisTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        RedisSharedConnection.Require(transaction);
        return transaction.Commands.Count == 0 ? new([]) : ExecuteAsync(transaction, Deadline, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RedisReplicatedReply> ExecuteReplicatedAsync(
        RedisTransaction transaction, int replicas, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        RedisSharedConnection.Require(transaction);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(replicas);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.FromMilliseconds(1));
        // Half of all time is enough, and the sum does not pass its end.
        var waiting = (long)Math.Min(limit.TotalSeconds * _time.TimestampFrequency, long.MaxValue / 2);
        var deadline = Deadline;
        return RedisReplicatedWrite.RunAsync(_router, _nearCache, transaction, replicas, limit, deadline, deadline + waiting, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IRedisWatch> WatchAsync(IReadOnlyList<RedisKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return RedisWatch.StartAsync(_router, keys, () => Deadline, _nearCache, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IRedisSubscription> SubscribeAsync(string channel, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        return _subscriptions.AddAsync(new(channel, IsPattern: false), Deadline, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IRedisSubscription> SubscribePatternAsync(string pattern, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return _subscriptions.AddAsync(new(pattern, IsPattern: true), Deadline, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _subscriptions.DisposeAsync().ConfigureAwait(false);
        await _router.DisposeAsync().ConfigureAwait(false);
        _telemetry.Dispose();
    }

    /// <summary>The node to ask for a tracked read or write; null where the plain way has to be taken, which finds its way in a cluster by itself.</summary>
    internal async ValueTask<RedisNode?> FindTrackingNodeAsync(IReadOnlyList<RedisKey> keys, long deadline, CancellationToken cancellationToken)
    {
        var node = await _router.NodeForAsync(keys, "The near cache", deadline, cancellationToken).ConfigureAwait(false);
        if (_router.IsCluster && node.Current is null) return null;
        var connection = node.Current ?? await node.ConnectedAsync(deadline, cancellationToken).ConfigureAwait(false);
        return connection.IsTracking ? node : null;
    }

    internal ValueTask<RedisAnswer> SendToAsync(RedisNode node, in RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        if (!_telemetry.IsEnabled) return node.SendAsync(payload, deadline, cancellationToken);
        var operation = _telemetry.Start(RedisOperationName.Of(payload), node.EndPoint, _time);
        var sent = payload;
        return operation.ObserveAsync(() => node.SendAsync(sent, deadline, cancellationToken));
    }

    /// <summary>As <see cref="SendToAsync"/>, for what changes keys.</summary>
    internal ValueTask<RedisAnswer> SendWriteAsync(RedisNode node, in RedisPayload payload, long deadline, CancellationToken cancellationToken) =>
        ForgetKeysAsync(payload, SendToAsync(node, payload, deadline, cancellationToken));

    internal async ValueTask<RedisReply[]> ExecuteAsync(RedisPipeline pipeline, long deadline, CancellationToken cancellationToken)
    {
        var answer = await SendAndForgetKeysAsync(new RedisPayload(pipeline.Take(), atomic: false), deadline, cancellationToken).ConfigureAwait(false);
        return (RedisReply[])answer.Reply.Items;
    }

    internal async ValueTask<RedisReply[]> ExecuteAsync(RedisTransaction transaction, long deadline, CancellationToken cancellationToken)
    {
        var answer = await SendAndForgetKeysAsync(new RedisPayload(transaction.Take(), atomic: true), deadline, cancellationToken).ConfigureAwait(false);
        return RedisTransactionReply.ReadUnwatched(answer.Reply);
    }

    private ValueTask<RedisAnswer> SendAsync(in RedisPayload payload, long deadline, CancellationToken cancellationToken) =>
        _telemetry.IsEnabled
            ? SendObservedAsync(payload, deadline, cancellationToken)
            : _router.SendAsync(payload, deadline, cancellationToken);

    private ValueTask<RedisAnswer> SendAndForgetKeysAsync(in RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        var sending = SendAsync(payload, deadline, cancellationToken);
        return _keeps ? ForgetKeysAsync(payload, sending) : sending;
    }

    // Whatever came of the command, what it may have changed is not served from here any more when its caller goes on. A tracking connection has seen to it when the reply came.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<RedisAnswer> ForgetKeysAsync(RedisPayload payload, ValueTask<RedisAnswer> sending)
    {
        var isSeenTo = false;
        try
        {
            var answer = await sending.ConfigureAwait(false);
            isSeenTo = answer.Connection is { IsTracking: true };
            return answer;
        }
        finally
        {
            if (!isSeenTo) _nearCache.InvalidateWritten(payload);
        }
    }

    private ValueTask<RedisAnswer> SendObservedAsync(RedisPayload payload, long deadline, CancellationToken cancellationToken)
    {
        var operation = _telemetry.Start(RedisOperationName.Of(payload), _router.EndPoint, _time);
        return operation.ObserveAsync(() => _router.SendAsync(payload, deadline, cancellationToken));
    }
}
