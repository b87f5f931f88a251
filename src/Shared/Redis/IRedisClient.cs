using System.Runtime.CompilerServices;

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
    /// <exception cref="NotSupportedException">
    /// The command would break the connection for its other users (<c>SUBSCRIBE</c>, <c>MULTI</c>, <c>SELECT</c>, <c>BLPOP</c>, …); the message names what to use instead. Nothing was sent.
    /// </exception>
    ValueTask<RedisReply> ExecuteAsync(RedisCommand command, CancellationToken cancellationToken = default);

    /// <summary>Sends one command that is not needed again and returns its reply, without making an object of it where that is possible.</summary>
    /// <param name="name">The command's name, for example <c>HGET</c>.</param>
    /// <param name="arguments">The arguments in order; up to 5 cost nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RedisServerException">The server replied with an error.</exception>
    ValueTask<RedisReply> ExecuteAsync(string name, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new RedisCommand(name, arguments), cancellationToken);

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
    /// Runs the commands as MULTI … EXEC and waits (WAIT) until <paramref name="replicas"/> replicas have them, so that they survive the
    /// loss of the master. Takes a connection of its own for the time.
    /// </summary>
    /// <param name="transaction">The commands; in a cluster all on one slot.</param>
    /// <param name="replicas">How many replicas to wait for.</param>
    /// <param name="limit">How long to wait for them, at least a millisecond.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The replies, and how many replicas had the writes in time: compare it. The writes are done on the master either way.</returns>
    /// <exception cref="NotSupportedException">The client is of another kind, which cannot wait for replicas.</exception>
    ValueTask<RedisReplicatedReply> ExecuteReplicatedAsync(
        RedisTransaction transaction, int replicas, TimeSpan limit, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType().Name} cannot wait for replicas; use {nameof(RedisClient)}.");

    /// <summary>
    /// Takes a connection of its own for an optimistic transaction and watches <paramref name="keys"/>. Dispose it to give the
    /// connection back (with UNWATCH when nothing was committed).
    /// </summary>
    ValueTask<IRedisWatch> WatchAsync(IReadOnlyList<RedisKey> keys, CancellationToken cancellationToken = default);

    /// <summary>
    /// Subscribes to a channel by its full name. The subscription is renewed when its connection was lost; what was published meanwhile is missing, which
    /// <see cref="IRedisSubscription.ReadMessagesAsync"/> tells.
    /// </summary>
    /// <exception cref="RedisServerException">The user may not read the channel.</exception>
    ValueTask<IRedisSubscription> SubscribeAsync(string channel, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="SubscribeAsync"/> for all channels whose names match a pattern: <c>*</c>, <c>?</c>, <c>[abc]</c>, and <c>\</c> before a character that means itself.</summary>
    /// <exception cref="RedisServerException">The user may not read such channels.</exception>
    /// <exception cref="NotSupportedException">The client is of another kind, which knows no patterns.</exception>
    ValueTask<IRedisSubscription> SubscribePatternAsync(string pattern, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType().Name} knows no patterns of channels; use {nameof(RedisClient)}.");
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
    /// <summary>
    /// The messages as they arrive, and a gap (<see cref="RedisMessage.IsGap"/>) wherever some may have been lost: after the connection was renewed, and where a slow reader lost the oldest of more than
    /// 10,000 that waited, or of 64 MB.
    /// </summary>
    /// <exception cref="RedisServerException">The user lost the right to read here: the subscription could not be renewed.</exception>
    IAsyncEnumerable<RedisMessage> ReadMessagesAsync(CancellationToken cancellationToken = default);

    /// <summary>As <see cref="ReadMessagesAsync"/>, the payloads alone.</summary>
    /// <exception cref="RedisServerException">The user lost the right to read here: the subscription could not be renewed.</exception>
    async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var message in ReadMessagesAsync(cancellationToken).ConfigureAwait(false))
            if (!message.IsGap) yield return message.Payload;
    }
}
