using Microsoft.Extensions.Logging;

namespace ShopSession.Redis;

/// <summary>Log messages. None carries keys, values or credentials.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(3000, LogLevel.Information, "Connected to Redis at {EndPoint} (RESP{Protocol})")]
    public static partial void Connected(ILogger logger, RedisEndPoint endPoint, int protocol);

    [LoggerMessage(3001, LogLevel.Warning, "Lost the connection to Redis at {EndPoint}: {Reason}")]
    public static partial void Disconnected(ILogger logger, RedisEndPoint endPoint, string reason);

    [LoggerMessage(3002, LogLevel.Warning, "Cannot connect to Redis at {EndPoint}; trying again until it works: {Reason}")]
    public static partial void CannotConnect(ILogger logger, RedisEndPoint endPoint, string reason);

    [LoggerMessage(3003, LogLevel.Warning, "Redis refused to renew a subscription: {Code}")]
    public static partial void SubscriptionRefused(ILogger logger, string code);

    [LoggerMessage(3004, LogLevel.Warning, "The near cache stays empty because the server does not track: {Reason}")]
    public static partial void NoTracking(ILogger logger, string reason);

    [LoggerMessage(3005, LogLevel.Debug, "Redis at {EndPoint} did not tell the map of the cluster: {Reason}")]
    public static partial void NoTopology(ILogger logger, RedisEndPoint endPoint, string reason);

    [LoggerMessage(3006, LogLevel.Warning, "A listener of the Redis client's metrics has failed; this is told once")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);

    [LoggerMessage(3007, LogLevel.Warning, "Redis at {EndPoint} removes keys when its memory is full ({Policy}): what is kept there can vanish at any time. Set its maxmemory-policy to noeviction")]
    public static partial void Evicts(ILogger logger, RedisEndPoint endPoint, string policy);
}
