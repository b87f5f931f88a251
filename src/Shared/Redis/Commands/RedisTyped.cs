using System.Runtime.CompilerServices;

namespace ShopSession.Redis;

/// <summary>Commands with a typed result. On this library's client the request gives the result itself; any other client is asked for a reply.</summary>
internal static class RedisTyped
{
    public static ValueTask<byte[]?> BytesAsync(IRedisClient client, string name, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if ((client as RedisClient)?.Start(name, arguments, cancellationToken) is { } request) return request.AwaitBytes(cancellationToken);
        return ReadAsync(client.ExecuteAsync(name, arguments, cancellationToken), static reply => reply.TakeBytes());
    }

    public static ValueTask<string?> TextAsync(IRedisClient client, string name, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if ((client as RedisClient)?.Start(name, arguments, cancellationToken) is { } request) return request.AwaitText(cancellationToken);
        return ReadAsync(client.ExecuteAsync(name, arguments, cancellationToken), static reply => reply.AsString());
    }

    public static ValueTask<long> NumberAsync(IRedisClient client, string name, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if ((client as RedisClient)?.Start(name, arguments, cancellationToken) is { } request) return request.AwaitNumber(cancellationToken);
        return ReadAsync(client.ExecuteAsync(name, arguments, cancellationToken), static reply => reply.AsInt64());
    }

    public static ValueTask<bool> TruthAsync(IRedisClient client, string name, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if ((client as RedisClient)?.Start(name, arguments, cancellationToken) is { } request) return request.AwaitTruth(cancellationToken);
        return ReadAsync(client.ExecuteAsync(name, arguments, cancellationToken), static reply => reply.AsTruth());
    }

    public static ValueTask DoneAsync(IRedisClient client, string name, ReadOnlySpan<RedisArgument> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if ((client as RedisClient)?.Start(name, arguments, cancellationToken) is { } request) return request.AwaitDone(cancellationToken);
        return DiscardAsync(client.ExecuteAsync(name, arguments, cancellationToken));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<T> ReadAsync<T>(ValueTask<RedisReply> reply, Func<RedisReply, T> read) => read(await reply.ConfigureAwait(false));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask DiscardAsync(ValueTask<RedisReply> reply) => await reply.ConfigureAwait(false);
}
