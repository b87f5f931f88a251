namespace ShopSession.Redis;

/// <summary>
/// A connection to Redis (or Valkey, Garnet, Dragonfly, the embedded store). One instance serves the whole process: commands of all
/// callers share one multiplexed connection per node and are pipelined. Every member is safe for concurrent use.
/// </summary>
/// <remarks>
/// Failures: <see cref="RedisServerException"/> when the server answers with an error, <see cref="RedisUnavailableException"/> when the
/// command was certainly not executed, <see cref="RedisOutcomeUnknownException"/> when it was sent and no answer came.
/// </remarks>
public interface IRedisClient : IAsyncDisposable
{
    /// <summary>Whether a command sent now would find an established connection.</summary>
    bool IsConnected { get; }

    /// <summary>Sends one command and returns its reply.</summary>
    /// <exception cref="RedisServerException">The server replied with an error.</exception>
    ValueTask<RedisReply> ExecuteAsync(RedisCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends all commands of <paramref name="pipeline"/> in one round trip and returns their replies in order. An error reply is an
    /// item of the result (<see cref="RedisReply.IsError"/>), not an exception: the other commands did run.
    /// </summary>
    ValueTask<RedisReply[]> ExecuteAsync(RedisPipeline pipeline, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends MULTI, the commands of <paramref name="transaction"/> and EXEC in one round trip and returns the replies of the commands.
    /// </summary>
    /// <exception cref="RedisServerException">The server refused a command while queueing: none was executed.</exception>
    ValueTask<RedisReply[]> ExecuteAsync(RedisTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes a connection of its own for an optimistic transaction and watches <paramref name="keys"/>. Dispose it to give the
    /// connection back (with UNWATCH when nothing was committed).
    /// </summary>
    ValueTask<IRedisWatch> WatchAsync(IReadOnlyList<RedisKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Subscribes to a channel. Messages published while the connection is down are lost; the subscription is renewed.</summary>
    ValueTask<IRedisSubscription> SubscribeAsync(string channel, CancellationToken cancellationToken = default);
}

/// <summary>An optimistic transaction: read what is watched, then commit; the commit fails when a watched key changed meanwhile.</summary>
public interface IRedisWatch : IAsyncDisposable
{
    /// <summary>Reads on the connection that watches.</summary>
    ValueTask<RedisReply> ExecuteAsync(RedisCommand command, CancellationToken cancellationToken = default);

    /// <summary>Runs the commands as MULTI … EXEC. <see langword="null"/>: a watched key changed and nothing was executed.</summary>
    ValueTask<RedisReply[]?> CommitAsync(RedisTransaction transaction, CancellationToken cancellationToken = default);
}

/// <summary>A pub/sub subscription. Reading is single-consumer; dispose to unsubscribe.</summary>
public interface IRedisSubscription : IAsyncDisposable
{
    /// <summary>The payloads as they arrive. A slow reader loses the oldest beyond the bound of 10,000 waiting messages.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync(CancellationToken cancellationToken = default);
}
