namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>
/// Memory that all clients together may hold: one for commands that are not finished (half-received arguments, queued transactions),
/// one for replies that are not sent. Without them ten thousand connections could each hold a large value and fill the machine.
/// Safe for concurrent use.
/// </summary>
internal sealed class MemoryBudget(long limit)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    public bool TryChange(long delta)
    {
        if (Interlocked.Add(ref _used, delta) <= limit || delta <= 0) return true;
        Interlocked.Add(ref _used, -delta);
        return false;
    }
}
