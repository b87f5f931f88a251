namespace ShopSession.Redis.Connections;

/// <summary>What is to happen around the connections of a node.</summary>
internal sealed record RedisNodeHooks
{
    /// <summary>The last steps on a new connection before anybody uses it.</summary>
    public Func<RedisConnection, CancellationToken, Task>? Prepare { get; init; }

    public Action<RedisConnection>? Connected { get; init; }

    public Action<RedisConnection>? Lost { get; init; }

    /// <summary>After an attempt to connect that failed.</summary>
    public Action? Failed { get; init; }
}
