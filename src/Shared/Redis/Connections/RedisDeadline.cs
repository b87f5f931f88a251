namespace ShopSession.Redis.Connections;

/// <summary>Time limits, kept as the timestamp at which they end (<see cref="TimeProvider.GetTimestamp"/>).</summary>
internal static class RedisDeadline
{
    /// <summary>What is left of it; zero when it is over.</summary>
    public static TimeSpan Left(TimeProvider time, long deadline)
    {
        var now = time.GetTimestamp();
        return deadline > now ? time.GetElapsedTime(now, deadline) : TimeSpan.Zero;
    }
}
