namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>
/// Memory for replies that are not sent, of all clients together. Without a limit ten thousand connections could each let a large value
/// wait and fill the machine.
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
