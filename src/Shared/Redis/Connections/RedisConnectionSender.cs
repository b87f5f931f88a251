namespace ShopSession.Redis.Connections;

/// <summary>Runs a connection's sender on the thread pool without allocating.</summary>
internal sealed class RedisConnectionSender(RedisConnection connection) : IThreadPoolWorkItem
{
    public void Execute() => connection.Flush();
}
