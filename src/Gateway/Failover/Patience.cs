namespace ShopSession.Gateway.Failover;

/// <summary>How long one request may still wait for a replica. The time counts from the first time that it had to.</summary>
internal sealed class Patience(TimeSpan limit, TimeProvider time)
{
    private long? _since;

    public bool IsOver => _since is not null && Left == TimeSpan.Zero;

    public TimeSpan Left
    {
        get
        {
            var left = _since is { } since ? limit - time.GetElapsedTime(since) : limit;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Begin() => _since ??= time.GetTimestamp();
}
