namespace ShopSession.Redis;

/// <summary>Durations as the server takes them.</summary>
internal static class RedisDuration
{
    /// <summary>Whole milliseconds, rounded up: an expiry must not come early, and 0 would be refused.</summary>
    public static long Milliseconds(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return (long)Math.Ceiling(duration.TotalMilliseconds);
    }
}
