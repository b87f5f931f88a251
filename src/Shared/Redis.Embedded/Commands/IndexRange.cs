namespace ShopSession.Redis.Embedded.Commands;

/// <summary>Ranges of positions, where negative ones count from the end.</summary>
internal static class IndexRange
{
    /// <summary>The first and last position that are meant; an empty range has its last before its first.</summary>
    public static (int First, int Last) Clamp(long start, long stop, int count)
    {
        if (start < 0) start = Math.Max(0, start + count);
        if (stop < 0) stop += count;
        stop = Math.Min(stop, count - 1);
        return start > stop || start >= count ? (0, -1) : ((int)start, (int)stop);
    }
}
