namespace ShopSession.Redis.Connections;

/// <summary>Time limits, kept as the timestamp at which they end (<see cref="TimeProvider.GetTimestamp"/>).</summary>
internal static class RedisDeadline
{
    // The longest that all timers can take.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>What is left of it, or as much as a timer can take; zero when it is over.</summary>
    public static TimeSpan Left(TimeProvider time, long deadline)
    {
        var now = time.GetTimestamp();
        if (deadline <= now) return TimeSpan.Zero;
        var left = time.GetElapsedTime(now, deadline);
        return left < Longest ? left : Longest;
    }
}
