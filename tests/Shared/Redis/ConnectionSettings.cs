using ShopSession.Redis.Connections;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Tests;

/// <summary>Settings of a connection that a test makes itself: no time limit is met by chance.</summary>
internal static class ConnectionSettings
{
    public static RedisConnectionSettings Patient { get; } = new()
    {
        EndPoint = new RedisEndPoint("test", 0),
        MinimumAge = TimeSpan.FromMinutes(1),
        Time = TimeProvider.System,
        Limits = new RespLimits(),
        HeartbeatInterval = TimeSpan.FromMinutes(1),
        HeartbeatTimeout = TimeSpan.FromMinutes(1),
        MaxUnsentBytes = 1_000_000,
        MaxWaiting = 10_000,
    };
}
